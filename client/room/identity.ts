import { KeyError } from '../crypto/keys.ts'
import { loadPlatform } from '../crypto/platform.ts'
import type { Store } from '../store/store.ts'
import { identityFailedText, identityFaultTexts } from '../texts/identity-fault-text.ts'
import { RoomError } from './types.ts'

/** What went wrong, in words for people. */
function explained(error: unknown): RoomError {
  if (error instanceof KeyError) return new RoomError('identity', identityFaultTexts[error.code])
  return new RoomError('identity', identityFailedText(error instanceof Error ? error.message : String(error)))
}

/**
 * Replaces the identity that `store` keeps by a new one; it holds from the next room on.
 * @throws RoomError `identity`
 */
export async function newIdentity(store: Store): Promise<void> {
  try {
    const { keys } = await loadPlatform()
    await store.replaceIdentity(await keys.create())
  } catch (error) {
    throw explained(error)
  }
}

/**
 * The text of a file that holds the identity, locked with a password of at least 8 characters.
 * @throws RoomError `identity`
 */
export async function exportIdentity(store: Store, password: string): Promise<string> {
  try {
    const { keys } = await loadPlatform()
    return await keys.lock(await store.identity(() => keys.create()), password)
  } catch (error) {
    throw explained(error)
  }
}

/**
 * Replaces the identity that `store` keeps by that of a file; it holds from the next room on.
 * @throws RoomError `identity`
 */
export async function importIdentity(store: Store, file: string, password: string): Promise<void> {
  try {
    const { keys } = await loadPlatform()
    await store.replaceIdentity(await keys.unlock(file, password))
  } catch (error) {
    throw explained(error)
  }
}
