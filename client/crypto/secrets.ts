import { type Bytes, concat, utf8 } from './bytes.ts'
import type { Suite } from './suite.ts'

/** What the members of a room share. */
export interface RoomSecrets {
  /** All that the server learns of a room, 32 bytes. */
  readonly topic: Bytes
  /** Seals what crosses the server, 32 bytes. */
  readonly envelopeKey: Bytes
}

const ROUNDS = 600_000
const OPEN_ROOM_SALT = utf8('earshot open room 1')

/**
 * A room's secrets: from its key and password, or from its name when it has no key. The name of a room with a key doesn't
 * enter them, nor does a password without a key. Takes some tenths of a second for an open room or a password.
 *
 * Frozen, since links and stored logs depend on it: the vectors are in secrets.test.ts.
 */
export async function deriveSecrets(
  suite: Suite,
  room: { readonly name: string; readonly key: Bytes | null; readonly password?: string },
): Promise<RoomSecrets> {
  const secret = await secretOf(suite, room.name, room.key, room.password)
  const [topic, envelopeKey] = await Promise.all([
    suite.hkdf(secret, 'earshot topic 1'),
    suite.hkdf(secret, 'earshot envelope 1'),
  ])
  return { topic, envelopeKey }
}

async function secretOf(suite: Suite, name: string, key: Bytes | null, password?: string): Promise<Bytes> {
  if (!key) return suite.pbkdf2(utf8(name.normalize('NFC').trim().toLowerCase()), OPEN_ROOM_SALT, ROUNDS)
  if (typeof password !== 'string') return key
  return concat(key, await suite.pbkdf2(utf8(password.normalize('NFKC')), key, ROUNDS))
}
