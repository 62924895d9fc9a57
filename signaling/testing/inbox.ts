/** How long a test waits for anything before it fails, in milliseconds. */
export const PATIENCE = 15_000

/** Fails with a sentence when a promise takes longer than tests wait. */
export async function within<T>(promise: Promise<T>, what: string, patience = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: waited ${patience} ms in vain`)), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Things that came in and were not taken yet, in order. */
export class Inbox<T> {
  readonly waiting: T[] = []
  #wanted: ((item: T) => void)[] = []

  /** Puts a thing in. */
  put(item: T): void {
    const want = this.#wanted.shift()
    if (want) want(item)
    else this.waiting.push(item)
  }

  /** Takes the oldest, or the next to come. */
  take(what: string, patience = PATIENCE): Promise<T> {
    const item = this.waiting.shift()
    if (item !== undefined) return Promise.resolve(item)
    return within(new Promise<T>((resolve) => this.#wanted.push(resolve)), what, patience)
  }
}
