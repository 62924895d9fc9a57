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

/** Derives a room's secrets from its key, or from its name when it is open. Frozen: see secrets.test.ts for vectors. */
export async function deriveSecrets(
  suite: Suite,
  room: { readonly name: string; readonly key: Bytes | null; readonly password?: unknown },
): Promise<RoomSecrets> {
  const { key, password } = room
  let secret: Bytes
  if (!key) {
    const name = room.name.normalize('NFC').trim().toLowerCase()
    secret = await suite.pbkdf2(utf8(name), utf8('earshot open room 1'), ROUNDS)
  } else if (typeof password === 'string') {
    secret = concat(key, await suite.pbkdf2(utf8(password.normalize('NFKC')), key, ROUNDS))
  } else {
    secret = key
  }
  const [topic, envelopeKey] = await Promise.all([
    suite.hkdf(secret, 'earshot topic 1'),
    suite.hkdf(secret, 'earshot envelope 1'),
  ])
  return { topic, envelopeKey }
}
