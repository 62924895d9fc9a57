/**
 * Every message between a client and the signaling server. The client imports this file too: it is the only definition.
 *
 * Text frames are JSON and meant for the server. Binary frames are meant for another member: 16 bytes of peer id, then a
 * sealed envelope. Towards the server the id names the receiver, from the server it names the sender.
 */
import * as v from 'valibot'

/** Version of this protocol, sent in `join`. */
export const PROTOCOL_VERSION = 1

/** Path of the WebSocket. */
export const SIGNAL_PATH = '/signal'

/** Length of a peer id in bytes; it opens every binary frame. */
export const PEER_ID_BYTES = 16

/**
 * A server that answers STUN itself does so at a second port, so much above: what two destinations see of one socket shows
 * the kind of NAT between. Not at the next one, where a TURN server may stand.
 */
export const SECOND_STUN_PORT = 2

/** A byte string of fixed length, in lower-case hex. */
const hex = (bytes: number) => v.pipe(v.string(), v.length(bytes * 2), v.regex(/^[0-9a-f]*$/, 'must be lower-case hex'))

const topic = hex(32)
const peer = hex(PEER_ID_BYTES)

const join = v.strictObject({
  type: v.literal('join'),
  v: v.literal(PROTOCOL_VERSION),
  topic,
  token: hex(16),
  commit: hex(32),
})

/** What a client may send as a text frame. */
export const clientMessage = v.variant('type', [
  join,
  v.strictObject({ type: v.literal('leave') }),
  v.strictObject({ type: v.literal('ping') }),
  v.strictObject({ type: v.literal('ice') }),
])
export type ClientMessage = v.InferOutput<typeof clientMessage>
export type Join = v.InferOutput<typeof join>

/** One entry of `RTCConfiguration.iceServers` (W3C WebRTC 1.0, section 4.2.2). */
const iceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.exactOptional(v.string()),
  credential: v.exactOptional(v.string()),
})
export type IceServer = v.InferOutput<typeof iceServer>

/**
 * Why the server refuses something. A closed list.
 *
 * | code | what happened | the server then |
 * |---|---|---|
 * | `bad-message` | a frame is not of this protocol | closes |
 * | `bad-version` | the client speaks another version | closes |
 * | `join-timeout` | no `join` came in time | closes |
 * | `already-joined` | a second `join` on one connection | closes |
 * | `not-joined` | a frame that needs a room came before `join` | closes |
 * | `room-full` | the room has as many members as it may | closes |
 * | `too-many-connections` | this address has as many connections as it may | closes |
 * | `too-fast` | more messages a second than allowed | closes |
 * | `too-slow` | the client does not read what it is sent | closes |
 * | `replaced` | the same visit joined again on another connection | closes |
 */
export const errorCode = v.picklist([
  'bad-message',
  'bad-version',
  'join-timeout',
  'already-joined',
  'not-joined',
  'room-full',
  'too-many-connections',
  'too-fast',
  'too-slow',
  'replaced',
])
export type ErrorCode = v.InferOutput<typeof errorCode>

/** The servers to use, and for how many seconds from now on their credentials hold; for ever when that isn't told. */
const iceOffer = { iceServers: v.array(iceServer), iceTtl: v.exactOptional(v.pipe(v.number(), v.minValue(1))) }

/** What the server may send as a text frame. */
export const serverMessage = v.variant('type', [
  v.object({
    type: v.literal('welcome'),
    peer,
    peers: v.array(peer),
    ...iceOffer,
  }),
  v.object({ type: v.literal('joined'), peer }),
  v.object({ type: v.literal('left'), peer }),
  v.object({ type: v.literal('pong') }),
  v.object({ type: v.literal('ice'), ...iceOffer }),
  v.object({ type: v.literal('error'), code: errorCode, message: v.string() }),
])
export type ServerMessage = v.InferOutput<typeof serverMessage>

/** Reads a text frame by its schema; null when it is not JSON or not of this protocol. Never throws. */
function parse<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const result = v.safeParse(schema, json)
  return result.success ? result.output : null
}

/** Reads a client's text frame, or null when it is not one. */
export const parseClientMessage = (text: string): ClientMessage | null => parse(clientMessage, text)

/** Reads a server's text frame, or null when it is not one. */
export const parseServerMessage = (text: string): ServerMessage | null => parse(serverMessage, text)
