/**
 * Connections that can be broken on command. They are real ones, in Node and in a page; what is added is only a valve on
 * what passes. So this file goes into pages as well.
 */

/** One end of a connection that its owner didn't close. */
export interface End {
  readonly id: number
  /** Fingerprints: a connection's other end has the same two the other way round. Empty while unknown. */
  readonly local: string
  readonly remote: string
  readonly isOpen: boolean
}

export interface Breaker {
  ends(): End[]
  /** Closes a connection under the feet of its owner. */
  close(id: number): void
  /** From now on nothing passes, and nobody is told. */
  mute(id: number): void
  /** Nothing passes on any connection, present or to come, until it is plugged in again; then all goes on where it stopped. */
  unplug(): void
  plug(): void
}

/** Something that happened to a connection: for the event log. */
export type Note = (event: { readonly connection: number; readonly what: string }) => void

/** How long a connection that passes nothing stays behind its owner's back, who closed it: the other end can't be told either. */
const LINGER = 12_000

const fingerprint = (description: RTCSessionDescription | null) =>
  /^a=fingerprint:(.*)$/m
    .exec(description?.sdp ?? '')?.[1]
    ?.trim()
    .toLowerCase() ?? ''

/** A valve on everything that passes a channel. While it is shut, reliable channels hold what they would pass. */
class Valve {
  #isShut = false
  readonly #outgoing: (() => void)[] = []
  readonly #incoming: Event[] = []
  #heldBytes = 0
  #isReleasing = false

  constructor(
    private readonly channel: RTCDataChannel,
    private readonly isPluggedOut: () => boolean,
  ) {
    const prototype = Object.getPrototypeOf(channel)
    const [send, close, dispatch] = [
      channel.send.bind(channel),
      channel.close.bind(channel),
      channel.dispatchEvent.bind(channel),
    ]
    const own = Object.getOwnPropertyDescriptor(channel, 'bufferedAmount')
    const buffered = (): number =>
      own?.get ? own.get.call(channel) : Reflect.get(prototype, 'bufferedAmount', channel)
    Object.defineProperties(channel, {
      send: {
        configurable: true,
        value: (data: ArrayBuffer) => {
          if (!this.#holds) return send(data)
          if (!channel.ordered) return
          // A copy: the caller may use its memory again.
          const copy = new Uint8Array(data).slice()
          this.#heldBytes += copy.byteLength
          this.#outgoing.push(() => send(copy))
        },
      },
      close: { configurable: true, value: () => this.#holds || close() },
      bufferedAmount: { configurable: true, get: () => this.#heldBytes + buffered() },
      // The way of Node's channels, whose first listener was there before anybody could come.
      dispatchEvent: {
        configurable: true,
        value: (event: Event) => (event.type === 'message' && this.#hold(event) ? true : dispatch(event)),
      },
    })
    // The way of a browser's.
    channel.addEventListener('message', (event) => {
      if (this.#hold(event)) event.stopImmediatePropagation()
    })
    this.#dispatch = dispatch
  }

  readonly #dispatch: (event: Event) => boolean

  shut(): void {
    this.#isShut = true
  }

  /** Passes what was held, in its order, as far as nothing else holds it. */
  release(): void {
    if (this.#holds) return
    this.#heldBytes = 0
    for (const send of this.#outgoing.splice(0)) if (this.channel.readyState === 'open') send()
    this.#isReleasing = true
    for (const event of this.#incoming.splice(0))
      if (event instanceof MessageEvent) this.#dispatch(new MessageEvent('message', { data: event.data }))
    this.#isReleasing = false
  }

  get #holds(): boolean {
    return this.#isShut || this.isPluggedOut()
  }

  #hold(event: Event): boolean {
    if (this.#isReleasing || !this.#holds) return false
    if (this.channel.ordered && !this.#incoming.includes(event)) this.#incoming.push(event)
    return true
  }
}

/** Gives a class of connections that can be broken, and what breaks them. `linger` in milliseconds: see `LINGER`. */
export function breakable(
  Base: typeof RTCPeerConnection,
  note: Note,
  linger = LINGER,
): { RTCPeerConnection: typeof RTCPeerConnection; breaker: Breaker } {
  let ids = 0
  let isPluggedOut = false
  const connections = new Map<number, BreakableConnection>()

  class BreakableConnection extends Base {
    readonly id = ++ids
    isMuted = false
    readonly #valves = new Map<RTCDataChannel, Valve>()
    #isClosed = false
    #cancelClose: (() => void) | null = null

    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.set(this.id, this)
      this.#note('made')
      this.addEventListener('datachannel', ({ channel }) => this.#watch(channel))
      this.addEventListener('connectionstatechange', () => this.#note(this.connectionState))
    }

    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      return this.#watch(super.createDataChannel(label, options))
    }

    /** Node's connections tell of channels here first. */
    override dispatchEvent(event: Event): boolean {
      if (event.type === 'datachannel') this.#watch((event as RTCDataChannelEvent).channel)
      return super.dispatchEvent(event)
    }

    override close(): void {
      if (this.#isClosed) return
      this.#isClosed = true
      this.#note('closed by its owner')
      if (this.isMuted || isPluggedOut) {
        const timer = setTimeout(() => this.end(), linger)
        this.#cancelClose = () => clearTimeout(timer)
      } else this.end()
    }

    /** Whether its owner closed it, which couldn't be told to the other end yet. */
    get isLingering(): boolean {
      return this.#cancelClose !== null
    }

    get isClosed(): boolean {
      return this.#isClosed
    }

    /** Closes it really. */
    end(): void {
      this.#cancelClose?.()
      this.#cancelClose = null
      connections.delete(this.id)
      super.close()
    }

    breakOff(): void {
      this.#note('broken')
      super.close()
    }

    mute(): void {
      this.#note('muted')
      this.isMuted = true
      for (const valve of this.#valves.values()) valve.shut()
    }

    plug(): void {
      if (this.isLingering && !this.isMuted) this.end()
      else for (const valve of this.#valves.values()) valve.release()
    }

    #watch(channel: RTCDataChannel): RTCDataChannel {
      if (this.#valves.has(channel)) return channel
      const valve = new Valve(channel, () => isPluggedOut)
      if (this.isMuted) valve.shut()
      this.#valves.set(channel, valve)
      return channel
    }

    #note(what: string): void {
      const ends = `${fingerprint(this.localDescription).slice(-5)} ${fingerprint(this.remoteDescription).slice(-5)}`
      note({ connection: this.id, what: `${what} ${ends}`.trim() })
    }
  }

  const breaker: Breaker = {
    ends: () =>
      [...connections.values()]
        .filter(({ isClosed }) => !isClosed)
        .map(({ id, localDescription, remoteDescription, connectionState }) => ({
          id,
          local: fingerprint(localDescription),
          remote: fingerprint(remoteDescription),
          isOpen: connectionState === 'connected',
        })),
    close: (id) => connections.get(id)?.breakOff(),
    mute: (id) => connections.get(id)?.mute(),
    unplug() {
      isPluggedOut = true
    },
    plug() {
      isPluggedOut = false
      for (const connection of [...connections.values()]) connection.plug()
    },
  }
  return { RTCPeerConnection: BreakableConnection, breaker }
}
