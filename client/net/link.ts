import type { Bytes } from '../crypto/bytes.ts'
import { fingerprintOf, type Hello } from '../crypto/hello.ts'
import { encode } from '../crypto/msgpack.ts'
import { read } from '../crypto/schema.ts'
import { AttemptLog, type Sight } from './attempt-log.ts'
import { type Frame, frameSchema, isFleeting, MAX_FRAME } from './frame.ts'
import type { LinkEnd, LinkOptions } from './link-options.ts'
import { PathWatch } from './path-watch.ts'
import type { Signal } from './signal.ts'
import type { Transport, TransportEvents } from './transport.ts'

const BEAT_INTERVAL = 2_000
const SHAKY_AFTER = 5_000
const SILENT_AFTER = 10_000
const CONNECT_LIMIT = 15_000
const HELLO_LIMIT = 10_000
/** After sleep or a change of the network something is to be heard within this. */
const PROBE_LIMIT = 2_500
/** ICE is restarted at most this often. */
const RESTART_INTERVAL = 4_000
/** How long a last word may take to leave. */
const DRAIN_LIMIT = 1_000
/** Frames that the other may send while its hello is being verified. */
const EARLY_LIMIT = 64
const OFFENCE_LIMIT = 5

/**
 * One pair of peers: from the first signal to the last frame. Nothing is sent to the other, or heard from it, before its
 * hello is verified. From then on its certificate is pinned: a description with any other is refused, as an ICE restart
 * would else hand the open channel to whoever can seal an envelope.
 */
export class Link {
  /** What was seen of how it came up. */
  readonly log: AttemptLog
  /** Which way its packets take. */
  readonly path: PathWatch
  readonly #options: LinkOptions
  readonly #transport: Transport
  readonly #early: Uint8Array[] = []
  #phase: 'connecting' | 'greeting' | 'hello' | 'verifying' | 'open' | 'closed' = 'connecting'
  #described = false
  /** The other's fingerprint, once its hello was verified. */
  #pinned: string | null = null
  /** An offer of a restart is out, and no answer has come. */
  #restarting = false
  #restartedAt = Number.NEGATIVE_INFINITY
  #shaky = false
  #offences = 0
  #heardAt = 0
  #tickedAt = 0
  #cancelTimer = () => {}

  constructor(options: LinkOptions) {
    this.#options = options
    const { initiator, config, events, time } = options
    const { patience } = options
    const patient = patience !== undefined
    this.log = new AttemptLog(time, initiator, config)
    this.path = new PathWatch(
      () => this.#transport.look(),
      time,
      (path) => events.routed?.(path),
    )
    const wire: TransportEvents = {
      signal: (signal) => events.signal(signal),
      gathered: () => events.gathered?.(),
      open: () => this.#greet(),
      message: (data, fleeting) => this.#receive(data, fleeting),
      drain: () => this.#phase === 'open' && events.drain(),
      quiet: (quiet) => this.#phase === 'open' && this.#setShaky(quiet),
      seen: (sight) => this.#see(sight),
      end: (end) => this.#end(end),
    }
    this.#transport = options.transport(initiator, config, wire, patient)
    this.#cancelTimer = time.after(patience ?? CONNECT_LIMIT, () => this.#end('timeout'))
  }

  get isOpen(): boolean {
    return this.#phase === 'open'
  }

  get isShaky(): boolean {
    return this.#shaky
  }

  /** Bytes on the chat channel that have not left yet. */
  get unsent(): number {
    return this.#transport.unsent
  }

  /** Takes in a signal of the other side. What is out of turn, or of another certificate than before, is dropped. */
  signal(signal: Signal): void {
    if (this.#phase === 'closed') return
    if (signal.type === 'description' && !this.#mayDescribe(signal.description)) return
    this.#transport.signal(signal)
  }

  /** Takes other STUN and TURN servers for paths that are looked for from now on. */
  configure(config: RTCConfiguration): void {
    if (this.#phase !== 'closed') this.#transport.configure(config)
  }

  /** Looks for a new path through the network, over which the same channels go on (RFC 8445, section 2.4). */
  restart(): void {
    const { initiator, time, events } = this.#options
    const now = time.now()
    if (this.#phase !== 'open' || now - this.#restartedAt < RESTART_INTERVAL) return
    this.#restartedAt = now
    this.#restarting = initiator
    if (initiator) this.#transport.restart()
    else events.askRestart()
  }

  /**
   * Checks at once whether the other is still there: after sleep, or when the `network` changed. Then a new path is looked
   * for without waiting.
   */
  wake(network: boolean): void {
    if (this.#phase !== 'open') return
    const now = this.#options.time.now()
    this.#tickedAt = now
    this.#heardAt = now - SHAKY_AFTER + PROBE_LIMIT
    this.#write({ type: 'ping' })
    this.#beat(PROBE_LIMIT)
    if (network) this.restart()
  }

  /** Sends a frame; dropped unless the link is open. */
  send(frame: Frame): void {
    if (this.#phase === 'open') this.#write(frame)
  }

  /** The other sent what no honest peer could: after a few the link closes. */
  offence(): void {
    if (++this.#offences >= OFFENCE_LIMIT) this.#end('garbage')
  }

  /** Says bye and closes as soon as that has left, or at once when in a `hurry`, as on a page that is being closed. */
  async bye(hurry: boolean): Promise<void> {
    this.send({ type: 'bye' })
    const wasOpen = this.isOpen
    this.#finish()
    const { time } = this.#options
    const deadline = time.now() + DRAIN_LIMIT
    while (wasOpen && !hurry && this.#transport.unsent > 0 && time.now() < deadline)
      await new Promise<void>((resolve) => time.after(20, resolve))
    this.#transport.destroy()
  }

  /** Closes without a word. */
  close(): void {
    this.#finish()
    this.#transport.destroy()
  }

  #mayDescribe({ type, sdp }: { type: 'offer' | 'answer'; sdp: string }): boolean {
    if (type !== (this.#options.initiator ? 'answer' : 'offer')) return false
    if (!this.#described) {
      this.#described = true
      return true
    }
    // Until the hello there is nothing to pin, and no reason to describe anything twice.
    if (this.#pinned === null) return false
    if (fingerprintOf(sdp) !== this.#pinned) {
      this.#options.events.tampered()
      return false
    }
    if (type === 'offer') return true
    const isAwaited = this.#restarting
    this.#restarting = false
    return isAwaited
  }

  /** The chat channel is open: introduce oneself, and wait for the other to. */
  async #greet(): Promise<void> {
    if (this.#phase !== 'connecting') return
    this.#phase = 'greeting'
    this.log.mark('channel')
    this.#cancelTimer()
    this.#cancelTimer = this.#options.time.after(HELLO_LIMIT, () => this.#end('timeout'))
    const descriptions = this.#transport.descriptions
    const hello = descriptions && (await this.#options.handshake.make(descriptions))
    if (this.#phase !== 'greeting') return
    if (!hello) return this.#end('hello')
    this.#write({ type: 'hello', hello })
    this.#phase = 'hello'
    // The other's may have come meanwhile.
    const early = this.#early.shift()
    if (early) this.#receive(early, false)
  }

  async #meet(hello: Hello): Promise<void> {
    this.#phase = 'verifying'
    const { handshake, events } = this.#options
    const descriptions = this.#transport.descriptions
    const honest = descriptions !== null && (await handshake.verify(hello, descriptions))
    if (this.#phase !== 'verifying') return
    if (!descriptions || !honest) return this.#end('hello')
    this.#phase = 'open'
    this.#pinned = fingerprintOf(descriptions.remote)
    this.#heardAt = this.#tickedAt = this.#options.time.now()
    this.log.mark('open')
    this.path.up()
    this.#beat()
    events.open(hello)
    for (const data of this.#early.splice(0)) this.#receive(data, false)
  }

  #receive(data: Uint8Array, fleeting: boolean): void {
    if (this.#phase === 'closed') return
    // Between the channels there is no order: a beat may overtake the hello.
    if (this.#phase !== 'open' && fleeting) return
    if (this.#phase !== 'open' && this.#phase !== 'hello') {
      if (this.#early.length < EARLY_LIMIT) this.#early.push(data)
      else this.#end('garbage')
      return
    }
    this.#heardAt = this.#options.time.now()
    const frame = data.length <= MAX_FRAME ? read(frameSchema, data) : null
    if (this.#phase === 'hello') {
      if (frame?.type === 'hello') void this.#meet(frame.hello)
      else this.#end('hello')
    } else if (frame === null || frame.type === 'hello') {
      this.offence()
    } else {
      if (this.#shaky) this.#setShaky(false)
      this.#hear(frame)
    }
  }

  #hear(frame: Frame): void {
    if (frame.type === 'bye') this.#end('bye')
    else if (frame.type === 'ping') this.#write({ type: 'beat' })
    else if (frame.type !== 'beat') this.#options.events.frame(frame)
  }

  #beat(next = BEAT_INTERVAL): void {
    const { time } = this.#options
    const now = time.now()
    // Late timers mean that this machine slept: the other is not to blame for that silence.
    if (now - this.#tickedAt > SHAKY_AFTER) {
      this.wake(false)
      return
    }
    this.#tickedAt = now
    const silence = now - this.#heardAt
    if (silence >= SILENT_AFTER) {
      this.#end('silent')
      return
    }
    if (silence >= SHAKY_AFTER) this.#setShaky(true)
    this.#write({ type: 'beat' })
    this.#cancelTimer()
    this.#cancelTimer = time.after(next, () => this.#beat())
  }

  #setShaky(shaky: boolean): void {
    if (this.#shaky === shaky) return
    this.#shaky = shaky
    if (shaky) this.restart()
    this.#options.events.shaky(shaky)
  }

  #write(frame: Frame): void {
    const data: Bytes = encode(frame)
    if (isFleeting(frame)) this.#transport.sendFleeting(data)
    else this.#transport.send(data)
  }

  #see(sight: Sight): void {
    this.log.see(sight)
    if (sight.type === 'moved' || (sight.type === 'ice' && sight.state === 'connected')) this.path.moved()
  }

  #end(end: LinkEnd): void {
    if (this.#phase === 'closed') return
    this.log.end(end)
    this.close()
    this.#options.events.end(end)
  }

  #finish(): void {
    this.#phase = 'closed'
    this.#early.length = 0
    this.#cancelTimer()
    this.path.stop()
    this.log.end('closed')
  }
}
