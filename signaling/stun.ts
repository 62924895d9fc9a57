/**
 * Answers STUN Binding requests (RFC 8489): tells whoever asks the address that it is seen under. No sockets here.
 *
 * Anybody can send in another's name, so answers must be worthless as a weapon: at most `MOST_ADDED` bytes longer than the
 * request, at a bounded rate to each address and in all, and none to anything but a well-formed request.
 */
import { addressKey } from './address.ts'
import { RateLimit } from './rate-limit.ts'
import {
  BINDING_ERROR,
  BINDING_REQUEST,
  BINDING_SUCCESS,
  errorCode,
  readStun,
  type StunMessage,
  unknownAttributes,
  writeStun,
  xorMappedAddress,
} from './stun-message.ts'

/** How much longer an answer may be than its request, in bytes: an XOR-MAPPED-ADDRESS of IPv6. */
export const MOST_ADDED = 24

/** No request needs more; the rest of what UDP could carry is not looked at. */
const MOST_REQUEST_BYTES = 548

/**
 * Answers a second, ten seconds' worth of which may go out at once. A hundred people behind one address, each with twelve
 * links, ask a thousand times when they come in, and a hundred times a second to keep their ports open.
 */
const PER_ADDRESS = 200
const IN_ALL = 5_000

/** Addresses whose rate is remembered. */
const MOST_ADDRESSES = 10_000

const UNKNOWN_ATTRIBUTE = 420

/** Attributes below this must be understood, or the request be refused (section 14). */
const OPTIONAL_FROM = 0x8000

/** MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256: what follows them is to be ignored (sections 14.5 and 14.6). */
const INTEGRITY = new Set([0x0008, 0x001c])

/**
 * The attributes of RFC 8489 that must be understood. Nothing of them changes the answer, as there are no users here:
 * MAPPED-ADDRESS, USERNAME, MESSAGE-INTEGRITY, ERROR-CODE, UNKNOWN-ATTRIBUTES, REALM, NONCE, MESSAGE-INTEGRITY-SHA256,
 * PASSWORD-ALGORITHM, USERHASH, XOR-MAPPED-ADDRESS.
 */
const UNDERSTOOD = new Set([0x0001, 0x0006, 0x0008, 0x0009, 0x000a, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e, 0x0020])

/** Types of attributes that a request must not have here, without repeats. */
function unknownTypes({ attributes }: StunMessage): number[] {
  const end = attributes.findIndex(({ type }) => INTEGRITY.has(type))
  const counted = end === -1 ? attributes : attributes.slice(0, end)
  const unknown = counted.map(({ type }) => type).filter((type) => type < OPTIONAL_FROM && !UNDERSTOOD.has(type))
  return [...new Set(unknown)]
}

/** Where a datagram came from. */
export interface Sender {
  /** IP address as the system writes it. */
  readonly address: string
  readonly port: number
}

/** What is to be sent back for a datagram; null for nothing. Never throws. */
export function answerStun(datagram: Buffer, { address, port }: Sender): Buffer | null {
  if (datagram.length > MOST_REQUEST_BYTES || port === 0) return null
  const request = readStun(datagram)
  if (request?.type !== BINDING_REQUEST) return null
  const { transaction, fingerprint } = request
  const unknown = unknownTypes(request)
  if (unknown.length > 0) {
    const attributes = [errorCode(UNKNOWN_ATTRIBUTE), unknownAttributes(unknown)]
    return writeStun({ type: BINDING_ERROR, transaction, attributes, fingerprint })
  }
  const mapped = xorMappedAddress(address, port, transaction)
  return mapped && writeStun({ type: BINDING_SUCCESS, transaction, attributes: [mapped], fingerprint })
}

/** Answers datagrams at a bounded rate. */
export class StunResponder {
  readonly #limit: RateLimit

  /** @param now - milliseconds of a clock that never goes back */
  constructor(now: number) {
    this.#limit = new RateLimit({ perKey: PER_ADDRESS, inAll: IN_ALL, maxKeys: MOST_ADDRESSES }, now)
  }

  /** What is to be sent back for a datagram now; null for nothing. Never throws. */
  answer(datagram: Buffer, sender: Sender, now: number): Buffer | null {
    const answer = answerStun(datagram, sender)
    return answer !== null && this.#limit.take(addressKey(sender.address), now) ? answer : null
  }
}
