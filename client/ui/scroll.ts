/** Keeps a reader's place in a box whose content grows above, below and around what is read. */

/** As close to the end as this, in CSS pixels, counts as being there. */
const AT_END = 24
/** A move up of more than this is a person's, not a rounding. */
const MOVED = 2

export interface ScrollEvents {
  /** The reader came to the end, or left it. */
  end(isAtEnd: boolean): void
  /** The reader is near the first or the last of what is drawn. */
  near(edge: 'top' | 'bottom'): void
}

export class ScrollKeeper {
  readonly #box: HTMLElement
  readonly #events: ScrollEvents
  /** What the reader looks at, and how far below the box's top it stands. */
  #anchor: { element: Element; offset: number } | null = null
  #top = 0

  constructor(box: HTMLElement, events: ScrollEvents) {
    this.#box = box
    this.#events = events
  }

  /** To be called on every scroll event. */
  scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#box
    if (Math.abs(scrollTop - this.#top) < 1) return
    const isUp = scrollTop < this.#top - MOVED
    this.#top = scrollTop
    const left = scrollHeight - clientHeight - scrollTop
    this.hold()
    if (isUp && left > MOVED) this.#events.end(false)
    else if (left <= AT_END) this.#events.end(true)
    if (scrollTop < clientHeight && isUp) this.#events.near('top')
    if (left < clientHeight && !isUp) this.#events.near('bottom')
  }

  /** To be called where the box or its content changed its size: where nothing needs scrolling, all of it is at its end. */
  resized(): void {
    const { scrollHeight, clientHeight } = this.#box
    if (clientHeight > 0 && scrollHeight - clientHeight <= MOVED) this.#events.end(true)
  }

  /** Remembers what is at the top of the box now. */
  hold(): void {
    const top = this.#box.getBoundingClientRect().top
    const articles = this.#box.querySelectorAll('article')
    let low = 0
    let high = articles.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((articles[middle]?.getBoundingClientRect().bottom ?? 0) <= top) low = middle + 1
      else high = middle
    }
    const element = articles[low]
    this.#anchor = element ? { element, offset: element.getBoundingClientRect().top - top } : null
  }

  /** What is at the top of the box, by its key, and how far below the top it stands. */
  place(): { key: string; offset: number } | null {
    const { element, offset } = this.#anchor ?? {}
    const key = element instanceof HTMLElement ? element.dataset.key : undefined
    return key === undefined || offset === undefined ? null : { key, offset }
  }

  /** Puts the reader back: to the end when following it, otherwise to what was at the top. To be called after every change. */
  settle(isFollowing: boolean): void {
    const box = this.#box
    if (isFollowing) box.scrollTop = box.scrollHeight
    else if (this.#anchor?.element.isConnected) {
      const { element, offset } = this.#anchor
      const moved = element.getBoundingClientRect().top - box.getBoundingClientRect().top - offset
      if (Math.abs(moved) >= 0.5) box.scrollTop += moved
    }
    this.#top = box.scrollTop
    if (isFollowing || !this.#anchor?.element.isConnected) this.hold()
  }
}
