/** Runs in a page of the server: see `visited.ts`. */
import { openIndexedDbStore } from '../../client/store/indexeddb.ts'

/** Keeps a name as an earlier visit would have. */
export const keepName = (name: string): Promise<void> => openIndexedDbStore().saveProfile({ name })
