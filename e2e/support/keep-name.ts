/** Runs in a page of the server: keeps a name as an earlier visit would have. Built by `visited.ts`. */
import { openIndexedDbStore } from '../../client/store/indexeddb.ts'

Object.assign(globalThis, { keepName: (name: string) => openIndexedDbStore().saveProfile({ name }) })
