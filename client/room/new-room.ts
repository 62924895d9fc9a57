import { randomBytes } from '../crypto/bytes.ts'
import { formatRoomUrl } from '../net/room-url.ts'
import { pickRoomName } from './names.ts'

/**
 * The URL of a new room with a fresh key on `origin`, under a readable name unless one is given; `password`: one that asks
 * for a password.
 */
export const newRoomUrl = (origin: string, name = pickRoomName(), { password = false } = {}): string =>
  formatRoomUrl(origin, { name, key: randomBytes(16), password, relay: false, message: null })
