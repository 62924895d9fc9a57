import type { Identity } from '../crypto/suite.ts'

/** What is remembered of the person on this device. */
export interface Profile {
  readonly name: string
}

/** What stays on this device. A store that can't keep anything rejects; callers go on in memory and say so. */
export interface Store {
  /** The identity of this browser profile; made and kept at the first call, the same one ever after, in all tabs. */
  identity(): Promise<Identity>
  profile(): Promise<Profile | null>
  saveProfile(profile: Profile): Promise<void>
}
