/** Asks STUN and TURN servers what a browser asks them when it connects, without connecting to anybody. */
import type { IceServer } from '../../signaling/protocol.ts'
import type { Time } from './time.ts'

/** What came of it. */
export interface Gathered {
  /** Own addresses of any kind that could be told to others. */
  readonly own: number
  /** Addresses and ports that STUN or TURN servers saw, each once. */
  readonly mapped: ReadonlySet<string>
  /** Addresses on relays. */
  readonly relayed: number
  /** Codes of `icecandidateerror`: STUN's own such as 401, or 701 for no answer (W3C WebRTC, section 4.8.1.3). */
  readonly errors: readonly number[]
  /** It came to its end; otherwise the time ran out first. */
  readonly isComplete: boolean
}

export interface GatherOptions {
  readonly RTCPeerConnection: typeof globalThis.RTCPeerConnection
  readonly time: Time
  readonly servers: readonly IceServer[]
  readonly policy: RTCIceTransportPolicy
  /** Milliseconds until it is given up: where nothing answers, no event may ever come. */
  readonly limit: number
}

/** Gathers candidates by these servers. Never rejects. */
export async function gather({ RTCPeerConnection, time, servers, policy, limit }: GatherOptions): Promise<Gathered> {
  const mapped = new Set<string>()
  const errors: number[] = []
  let [own, relayed] = [0, 0]
  let close = () => {}
  const isComplete = await new Promise<boolean>((resolve) => {
    time.after(limit, () => resolve(false))
    try {
      const made = new RTCPeerConnection({ iceServers: [...servers], iceTransportPolicy: policy })
      close = () => made.close()
      made.onicecandidate = ({ candidate }) => {
        if (!candidate) resolve(true)
        else if (candidate.type === 'srflx') mapped.add(`${candidate.address} ${candidate.port}`)
        else if (candidate.type === 'relay') relayed++
        else if (candidate.candidate !== '') own++
      }
      made.onicecandidateerror = ({ errorCode }) => errors.push(errorCode)
      made.createDataChannel('')
      made.setLocalDescription().catch(() => resolve(false))
    } catch {
      // A server's URL that this browser doesn't take.
      resolve(false)
    }
  })
  close()
  return { own, mapped, relayed, errors, isComplete }
}
