import type { Bytes } from '../crypto/bytes.ts'
import type { Envelope } from '../crypto/envelope.ts'
import type { Hello } from '../crypto/hello.ts'
import type { Frame } from './frame.ts'
import type { LinkEnd, LinkOptions } from './link-options.ts'
import type { Path } from './route.ts'
import type { Time } from './time.ts'

export interface PairEvents {
  /** To be sealed and sent to the other. */
  envelope(envelope: Envelope): void
  open(hello: Hello): void
  frame(frame: Frame): void
  drain(): void
  shaky(shaky: boolean): void
  /** Which way the packets of the open link take, when that is found out or changed. */
  routed(path: Path): void
  /** Somebody who can seal envelopes under the other's id tried to take over the link, and was refused. */
  tampered(): void
  /** One attempt more, or one less, is under way: one's own idea, or the other's. */
  connecting(whose: 'own' | 'asked', change: 1 | -1): void
  /** A link, or an attempt at one, ended. */
  end(end: LinkEnd, wasOpen: boolean): void
}

export interface PairOptions {
  readonly me: Bytes
  readonly other: Bytes
  readonly time: Time
  readonly link: Omit<LinkOptions, 'initiator' | 'time' | 'events'>
  /** Whether one more attempt may be begun now. When not, `proceed()` is called once it may. */
  mayBegin(): boolean
  /** Whether one more attempt may be made that the other asked for or offered; when not, that is dropped. */
  mayOblige(): boolean
  readonly events: PairEvents
}
