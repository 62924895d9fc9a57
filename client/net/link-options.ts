import type { Hello } from '../crypto/hello.ts'
import type { Frame } from './frame.ts'
import type { Path } from './route.ts'
import type { Signal } from './signal.ts'
import type { Time } from './time.ts'
import type { TransportFactory } from './transport.ts'

/**
 * Why a link closed. `bye`: the other said so. `remote`: the other side closed it. `failed`: the network did.
 * `timeout`: it never came up. `silent`: nothing was heard any more. `hello`: the other could not prove who it is.
 * `garbage`: it kept sending what no honest peer sends.
 */
export type LinkEnd = 'bye' | 'remote' | 'failed' | 'timeout' | 'silent' | 'hello' | 'garbage'

export interface LinkEvents {
  /** To be carried to the other side. */
  signal(signal: Signal): void
  /** All candidates there are for now were told. */
  gathered?(): void
  /** The other's hello was verified: from now on frames flow. */
  open(hello: Hello): void
  frame(frame: Frame): void
  /** Room for more: the unsent bytes fell low. */
  drain(): void
  /** Nothing was heard for a while, or something again. */
  shaky(shaky: boolean): void
  /** The one who offered should restart ICE; this side can't. */
  askRestart(): void
  /** A later description bore another certificate, and was refused: somebody tried to take the connection over. */
  tampered(): void
  /** Which way its packets take, when that is found out or changed. */
  routed?(path: Path): void
  /** The last event. Not called after one's own `close` or `bye`. */
  end(end: LinkEnd): void
}

/** Makes one's own hello for this link, and judges the other's. */
export interface Handshake {
  make(descriptions: { local: string; remote: string }): Promise<Hello | null>
  verify(hello: Hello, descriptions: { local: string; remote: string }): Promise<boolean>
}

export interface LinkOptions {
  readonly initiator: boolean
  readonly config: RTCConfiguration
  readonly transport: TransportFactory
  /** How long it may take to come up, in milliseconds, when people carry the signals. Otherwise 15 s. */
  readonly patience?: number
  readonly handshake: Handshake
  readonly time: Time
  readonly events: LinkEvents
}
