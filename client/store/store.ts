/** What is remembered of the person on this device. */
export interface Profile {
  readonly name: string
}

/** What stays on this device. A store that can't keep anything rejects; callers go on in memory and say so. */
export interface Store {
  /**
   * The identity of this browser profile in its kept form (see `Keys`), not checked: made by `create` and kept at the first
   * call, the same one ever after, in all tabs.
   */
  identity(create: () => Promise<unknown>): Promise<unknown>
  /** Keeps another identity in its place. Rooms that are joined already go on with the one they have. */
  replaceIdentity(kept: unknown): Promise<void>
  profile(): Promise<Profile | null>
  saveProfile(profile: Profile): Promise<void>
}
