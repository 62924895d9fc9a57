import type { Time } from '../net/time.ts'

/** Typing is told again this often while it lasts, in milliseconds. */
const INTERVAL = 2_000

/** Whether one is typing, as often as the others need to be told. */
export class Typing {
  readonly #time: Time
  readonly #tell: (typing: boolean) => void
  #isTyping = false
  #toldAt = 0

  constructor(time: Time, tell: (typing: boolean) => void) {
    this.#time = time
    this.#tell = tell
  }

  set(typing: boolean): void {
    const now = this.#time.now()
    if (typing ? this.#isTyping && now - this.#toldAt < INTERVAL : !this.#isTyping) return
    this.#isTyping = typing
    this.#toldAt = now
    this.#tell(typing)
  }
}
