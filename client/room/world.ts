import type { Platform } from '../crypto/platform.ts'
import { systemTime, type Time } from '../net/time.ts'
import type { TransportFactory } from '../net/transport.ts'
import type { Connections } from './connections.ts'
import { loadConnecting } from './late.ts'
import type { Limits } from './log.ts'

/** What a room lives in. A simulation brings its own. */
export interface World {
  readonly time: Time
  readonly limits?: Limits
  /** Loads cryptography and what makes connections over the given WebRTC. Rejects with RoomError `not-loaded`. */
  load(RTCPeerConnection: typeof globalThis.RTCPeerConnection): Promise<Loaded>
}

/** What is needed to connect, but not to begin typing. */
export interface Loaded {
  readonly platform: Platform
  readonly transport: TransportFactory
  readonly Connections: typeof Connections
}

export const realWorld: World = { time: systemTime, load: loadConnecting }
