import type { Time } from '../net/time.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { RoomStore } from '../store/room-store.ts'
import type { Store } from '../store/store.ts'

/** A machine's disk: it takes its time, may be full, and keeps what was written when a page ends in the middle of it. */
export class Disk {
  readonly #memory = createMemoryStore({ isLasting: true })
  /** Nothing more can be written at the moment. */
  isFull = false
  /** How long one thing takes at most, in milliseconds. */
  slowness = 30

  /** The disk as a page with this time uses it: what the page didn't live to see begun is not done. */
  storeFor(time: Time): Store {
    return { ...this.#memory, room: (topic) => this.#room(this.#memory.room(topic), time) }
  }

  #room(room: RoomStore, time: Time): RoomStore {
    let last: Promise<unknown> = Promise.resolve()
    const after = (ms: number) => new Promise<void>((resolve) => time.after(ms, resolve))
    /** One thing after the other, as IndexedDB does it; done somewhere between the call and its answer. */
    const slowly = <T>(act: () => Promise<T>): Promise<T> => {
      const result = last.then(async () => {
        await after(time.random() * this.slowness)
        const done = act()
        // Whoever asked hears of a failure below, and nobody twice.
        done.catch(() => {})
        await after(time.random() * this.slowness)
        return done
      })
      last = result.catch(() => {})
      return result
    }
    return {
      open: (byDefault) => slowly(() => room.open(byDefault)),
      entries: (place) => slowly(() => room.entries(place)),
      heard: () => slowly(() => room.heard()),
      write: (changes, strict) =>
        slowly(() =>
          this.isFull
            ? Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'))
            : room.write(changes, strict),
        ),
      keep: (on) => slowly(() => room.keep(on)),
      forget: () => slowly(() => room.forget()),
      onElsewhere: (handler) => room.onElsewhere(handler),
      close: () => room.close(),
    }
  }
}
