import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline'
import type { Screen } from './voice.ts'

type Out = NodeJS.WriteStream

/** Where nobody types: what was said to stdout, how it goes to stderr. */
export function streamScreen(stdout: Out, stderr: Out, isRich: boolean): Screen {
  return {
    isRich,
    print: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    status() {},
  }
}

export interface TypingEvents {
  line(text: string): void
  /** Something stands in the line, or nothing any more. */
  typing(typing: boolean): void
  /** Ctrl+C. */
  interrupt(): void
  /** Ctrl+D, or the terminal is gone. */
  end(): void
}

/** A terminal in which somebody types: what comes meanwhile is written above the line. */
export class TypingScreen implements Screen {
  readonly isRich: boolean
  readonly #stdout: Out
  readonly #stderr: Out
  readonly #line: Interface
  #isOpen = true

  constructor(stdin: NodeJS.ReadStream, stdout: Out, stderr: Out, isRich: boolean, events: TypingEvents) {
    this.isRich = isRich
    this.#stdout = stdout
    this.#stderr = stderr
    this.#line = createInterface({ input: stdin, output: stdout, terminal: true, prompt: '> ' })
    this.#line.on('line', (text) => {
      events.line(text)
      if (this.#isOpen) this.#line.prompt()
    })
    this.#line.on('SIGINT', () => events.interrupt())
    this.#line.on('close', () => {
      if (!this.#isOpen) return
      this.#isOpen = false
      stdout.write('\n')
      events.end()
    })
    stdin.on('keypress', () => this.#isOpen && events.typing(this.#line.line !== ''))
    this.#line.prompt()
  }

  print(text: string): void {
    this.#above(this.#stdout, text)
  }

  note(text: string): void {
    this.#above(this.#stderr, text)
  }

  status(text: string): void {
    if (!this.#isOpen) return
    const prompt = text === '' ? '> ' : `${text} > `
    if (prompt === this.#line.getPrompt()) return
    const { rows } = this.#line.getCursorPos()
    this.#clear(rows)
    this.#stdout.write('\n'.repeat(rows))
    this.#line.setPrompt(prompt)
    this.#line.prompt(true)
  }

  /** Gives the terminal back. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#clear(this.#line.getCursorPos().rows)
    this.#line.close()
  }

  #above(stream: Out, text: string): void {
    if (!this.#isOpen) {
      stream.write(`${text}\n`)
      return
    }
    const { rows } = this.#line.getCursorPos()
    this.#clear(rows)
    // Drawing the line again moves up by as many rows as it had.
    stream.write(`${text}\n${'\n'.repeat(rows)}`)
    this.#line.prompt(true)
  }

  #clear(rows: number): void {
    moveCursor(this.#stdout, 0, -rows)
    cursorTo(this.#stdout, 0)
    clearScreenDown(this.#stdout)
  }
}
