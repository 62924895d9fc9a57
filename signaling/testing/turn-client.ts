/** A client of TURN that does no more than ask for an allocation and for permissions (RFC 8656), by any transport. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Attribute, readStun, type StunMessage, writeStun, xorMappedAddress } from '../stun-message.ts'
import { within } from './inbox.ts'

const ALLOCATE = 0x0003
const REFRESH = 0x0004
const CREATE_PERMISSION = 0x0008
const [USERNAME, MESSAGE_INTEGRITY, ERROR_CODE, XOR_PEER_ADDRESS] = [0x0006, 0x0008, 0x0009, 0x0012]
const [REALM, NONCE, ADDRESS_FAMILY, REQUESTED_TRANSPORT, LIFETIME] = [0x0014, 0x0015, 0x0017, 0x0019, 0x000d]

export interface TurnTarget {
  readonly transport: 'udp' | 'tcp' | 'tls'
  readonly host: string
  readonly port: number
}

export interface Credentials {
  readonly username: string
  readonly credential: string
}

/** Sends a message and gives the next that comes; what crosses TCP comes in one piece, small as it is. */
interface Wire {
  ask(message: Buffer): Promise<Buffer>
  close(): void
}

async function openWire({ transport, host, port }: TurnTarget): Promise<Wire> {
  if (transport === 'udp') {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    return {
      async ask(message) {
        const answered = new Promise<Buffer>((resolve) => {
          socket.on('message', (answer) => {
            if (answer.subarray(8, 20).equals(message.subarray(8, 20))) resolve(answer)
          })
        })
        const send = () => socket.send(message, port, host)
        send()
        // It may not listen yet (RFC 8489, section 6.2.1).
        const again = setInterval(send, 500)
        return within(answered, 'an answer by UDP').finally(() => clearInterval(again))
      },
      close: () => socket.close(),
    }
  }
  const socket =
    transport === 'tls' ? connectTls({ host, port, rejectUnauthorized: false }) : connectTcp({ host, port })
  await within(once(socket, transport === 'tls' ? 'secureConnect' : 'connect'), `a connection by ${transport}`)
  return {
    async ask(message) {
      const answered = once(socket, 'data')
      socket.write(message)
      return (await within(answered, `an answer by ${transport}`))[0]
    },
    close: () => socket.destroy(),
  }
}

const attributeOf = (message: StunMessage, type: number) => message.attributes.find((one) => one.type === type)?.value

/** The number of an error; 0 for success. */
function outcome(message: StunMessage): number {
  const error = attributeOf(message, ERROR_CODE)
  return error === undefined ? 0 : (error[2] ?? 0) * 100 + (error[3] ?? 0)
}

/** The bytes of a request with MESSAGE-INTEGRITY (RFC 8489, section 14.5). */
function signed(type: number, attributes: Attribute[], key: Buffer, transaction = randomBytes(12)): Buffer {
  const integrity = { type: MESSAGE_INTEGRITY, value: Buffer.alloc(20) }
  const message = { type, transaction, attributes: [...attributes, integrity], fingerprint: false }
  const bytes = writeStun(message)
  createHmac('sha1', key)
    .update(bytes.subarray(0, -24))
    .digest()
    .copy(bytes, bytes.length - 20)
  return bytes
}

/**
 * Asks for an allocation, and for permission to send to peers. Gives the STUN error of each, 0 for success.
 * @param family - of the address to relay from
 */
export async function tryTurn(
  target: TurnTarget,
  { username, credential }: Credentials,
  peers: readonly string[] = [],
  family: 4 | 6 = 4,
) {
  const wire = await openWire(target)
  try {
    const ask = async (bytes: Buffer) =>
      readStun(await wire.ask(bytes)) ?? Promise.reject(new Error('no STUN came back'))
    const wanted = [
      { type: REQUESTED_TRANSPORT, value: Buffer.from([17, 0, 0, 0]) },
      ...(family === 6 ? [{ type: ADDRESS_FAMILY, value: Buffer.from([2, 0, 0, 0]) }] : []),
    ]
    const bare = { type: ALLOCATE, transaction: randomBytes(12), attributes: wanted, fingerprint: false }
    const challenge = await ask(writeStun(bare))
    const [realm, nonce] = [attributeOf(challenge, REALM), attributeOf(challenge, NONCE)]
    if (outcome(challenge) !== 401 || !realm || !nonce) throw new Error(`no challenge, but ${outcome(challenge)}`)
    const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest()
    const who = [
      { type: USERNAME, value: Buffer.from(username) },
      { type: REALM, value: realm },
      { type: NONCE, value: nonce },
    ]
    const allocated = outcome(await ask(signed(ALLOCATE, [...wanted, ...who], key)))
    const permissions: number[] = []
    for (const peer of allocated === 0 ? peers : []) permissions.push(outcome(await ask(permission(peer, who, key))))
    // The next client may get the same port, and an allocation that is still there would be a mismatch (437) for it.
    if (allocated === 0) await ask(signed(REFRESH, [{ type: LIFETIME, value: Buffer.alloc(4) }, ...who], key))
    return { allocated, permissions }
  } finally {
    wire.close()
  }
}

/** A CreatePermission request. */
function permission(peer: string, who: Attribute[], key: Buffer): Buffer {
  const transaction = randomBytes(12)
  const masked = xorMappedAddress(peer, 9, transaction)
  if (masked === null) throw new Error(`${peer} is no address`)
  return signed(CREATE_PERMISSION, [{ type: XOR_PEER_ADDRESS, value: masked.value }, ...who], key, transaction)
}
