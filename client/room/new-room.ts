import { randomBytes } from '../crypto/bytes.ts'
import { formatRoomUrl } from '../net/room-url.ts'
import { pickRoomName } from './names.ts'

/** The URL of a new room with a fresh key on `origin`, under a readable name unless one is given. */
export const newRoomUrl = (origin: string, name = pickRoomName()): string =>
  formatRoomUrl(origin, { name, key: randomBytes(16), password: false, relay: false, message: null })
