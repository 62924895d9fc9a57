import { StringDecoder } from 'node:string_decoder'

/** Cuts a stream of bytes into lines. Of a line that is longer than `limit` UTF-16 units nothing is kept but that it was there. */
export class Lines {
  readonly #decoder = new StringDecoder('utf8')
  readonly #limit: number
  readonly #line: (line: string | null) => void
  #rest = ''
  #isTooLong = false

  /** @param line takes each line without its end, or null for one that was too long */
  constructor(limit: number, line: (line: string | null) => void) {
    this.#limit = limit
    this.#line = line
  }

  push(data: Buffer): void {
    this.#take(this.#decoder.write(data))
  }

  /** The stream ended: what is left is a line too. */
  end(): void {
    this.#take(this.#decoder.end())
    if (this.#rest !== '' || this.#isTooLong) this.#finish()
  }

  #take(text: string): void {
    const [first = '', ...others] = text.split('\n')
    this.#extend(first)
    for (const part of others) {
      this.#finish()
      this.#extend(part)
    }
  }

  #extend(part: string): void {
    if (this.#rest.length + part.length > this.#limit) {
      this.#isTooLong = true
      this.#rest = ''
    } else if (!this.#isTooLong) {
      this.#rest += part
    }
  }

  #finish(): void {
    const [line, isTooLong] = [this.#rest.replace(/\r$/, ''), this.#isTooLong]
    this.#rest = ''
    this.#isTooLong = false
    this.#line(isTooLong ? null : line)
  }
}
