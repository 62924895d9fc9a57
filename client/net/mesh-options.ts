import type { Bytes } from '../crypto/bytes.ts'
import type { Hello } from '../crypto/hello.ts'
import type { Head, Lease } from '../crypto/lease.ts'
import type { AttemptLog } from './attempt-log.ts'
import type { Frame } from './frame.ts'
import type { Speaker } from './handshake.ts'
import type { Link } from './link.ts'
import type { LinkEnd } from './link-options.ts'
import type { Path } from './route.ts'
import type { Time } from './time.ts'
import type { TransportFactory } from './transport.ts'
import type { Circumstances } from './verdict.ts'

/** Peer ids are lower-case hex. */
export interface MeshEvents {
  /** A link to this visit is open; its author is proven. */
  open(peer: string, hello: Hello, link: Link): void
  /** A visit that is there, linked or not, says who it is and what it holds; `needed`: there should be a link to it. */
  leased(peer: string, lease: Lease, needed: boolean): void
  frame(peer: string, frame: Frame): void
  drain(peer: string): void
  shaky(peer: string, shaky: boolean): void
  /** Which way packets to this visit take, when that is found out or changed. */
  routed(peer: string, path: Path): void
  /** An attempt at a link to this visit led to nothing. */
  failed(peer: string, log: AttemptLog, circumstances: Circumstances): void
  /** Somebody tried to take over the link to this visit, and was refused. */
  tampered(peer: string): void
  /** An open link ended; `needed`: another should follow. */
  closed(peer: string, needed: boolean): void
  /** A visit that had been met is not there any more. */
  gone(peer: string): void
  /** How many visits that one should be linked to have no open link; `end` says how an attempt or link ended just now. */
  attempts(missing: number, end: LinkEnd | null): void
}

export interface MeshOptions extends Speaker {
  readonly time: Time
  readonly transport: TransportFactory
  readonly iceTransportPolicy: RTCIceTransportPolicy
  /** What one holds of others' entries, for those who are not linked. */
  heads(): Promise<readonly Head[]>
  /** Sends a sealed envelope to a member by way of the server. */
  send(to: string, sealed: Bytes): void
  readonly events: MeshEvents
}
