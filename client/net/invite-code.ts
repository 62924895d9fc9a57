import * as v from 'valibot'
import { type Bytes, concat, equal, fromBase64url, randomBytes, toBase64url, utf8 } from '../crypto/bytes.ts'
import { encode } from '../crypto/msgpack.ts'
import { bytes, read } from '../crypto/schema.ts'
import type { RoomSecrets } from '../crypto/secrets.ts'
import type { Suite } from '../crypto/suite.ts'
import { briefSchema } from './brief.ts'

const VERSION = 1
const NONCE_BYTES = 12
/** What comes before the sealed part: the version, and how long that is. */
const HEAD_BYTES = 3
/** Of a hash over all before it: what was typed wrong, or cut off, is told from what belongs to another room. */
const CHECK_BYTES = 4

/** Which of the inviter's invitations it is about. */
const invitation = bytes(16)
const peer = bytes(16)

/** Invitation, its sender's peer id, when it expires in milliseconds since the epoch, description. */
const inviteSchema = v.strictTuple([invitation, peer, v.pipe(v.number(), v.safeInteger()), briefSchema])
/** Invitation, the newcomer's peer id, the number of this connection between the two, description. */
const answerSchema = v.strictTuple([
  invitation,
  peer,
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31)),
  briefSchema,
])
const schemas = { invite: inviteSchema, answer: answerSchema }

export type CodeKind = keyof typeof schemas
export type CodeContent<Kind extends CodeKind> = v.InferOutput<(typeof schemas)[Kind]>

/**
 * What is wrong with a text that should hold a code. `none`: there is no code in it. `other-kind`: an answer where an
 * invitation is wanted, or the other way round. `damaged`: something of it is missing or was changed. `newer`: another
 * version of this program made it. `foreign`: it was made for another room, or with another password.
 */
export type CodeFault = 'none' | 'other-kind' | 'damaged' | 'newer' | 'foreign'

const labels = { invite: utf8('earshot invite 1'), answer: utf8('earshot answer 1') }

/** A code to be carried by people: `earshot-invite:` or `earshot-answer:`, and then base64url. Only the room's members can read it. */
export async function writeCode<Kind extends CodeKind>(
  suite: Suite,
  secrets: RoomSecrets,
  kind: Kind,
  content: CodeContent<Kind>,
): Promise<string> {
  const nonce = randomBytes(NONCE_BYTES)
  const additional = concat(labels[kind], secrets.topic)
  const sealed = concat(nonce, await suite.seal(secrets.envelopeKey, nonce, additional, encode(content)))
  const code = concat(Uint8Array.of(VERSION, sealed.length >> 8, sealed.length & 0xff), sealed)
  return `earshot-${kind}:${toBase64url(concat(code, await checkOf(suite, code)))}`
}

/** Finds the code in a text that a person pasted, whatever is around it or was put between its characters. Never rejects. */
export async function readCode<Kind extends CodeKind>(
  suite: Suite,
  secrets: RoomSecrets,
  kind: Kind,
  text: string,
): Promise<CodeContent<Kind> | CodeFault> {
  const [start, found] = /earshot-(invite|answer):/i.exec(text) ?? []
  if (!start) return 'none'
  if (found?.toLowerCase() !== kind) return 'other-kind'
  const characters = text.slice(text.indexOf(start) + start.length).replace(/[^A-Za-z0-9_-]/g, '')
  const [version, high = 0, low = 0] = fromBase64url(characters.slice(0, 4)) ?? []
  if (version === undefined) return 'damaged'
  const length = HEAD_BYTES + high * 256 + low + CHECK_BYTES
  const whole = fromBase64url(characters.slice(0, Math.ceil((length * 4) / 3)))
  if (whole?.length !== length || high * 256 + low < NONCE_BYTES) return 'damaged'
  const code = whole.slice(0, -CHECK_BYTES)
  if (!equal(await checkOf(suite, code), whole.subarray(-CHECK_BYTES))) return 'damaged'
  if (version !== VERSION) return 'newer'
  const sealed = code.slice(HEAD_BYTES)
  const nonce = sealed.slice(0, NONCE_BYTES)
  const additional = concat(labels[kind], secrets.topic)
  const plaintext = await suite.open(secrets.envelopeKey, nonce, additional, sealed.slice(NONCE_BYTES))
  if (!plaintext) return 'foreign'
  return read<v.GenericSchema<unknown, CodeContent<Kind>>>(schemas[kind], plaintext) ?? 'newer'
}

const checkOf = async (suite: Suite, code: Bytes): Promise<Bytes> => (await suite.sha256(code)).slice(0, CHECK_BYTES)
