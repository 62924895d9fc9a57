/** What every life said and ever showed, while it was there: more than any of them can tell at the end. */
import type { State } from './wire.ts'

export interface Life {
  /** What all that it said begins with. */
  readonly life: string
  /** What it said, as far as it could tell. */
  readonly said: ReadonlySet<string>
  /** All messages that it ever showed, with the last state. */
  readonly shown: ReadonlyMap<string, State>
  readonly isAlive: boolean
}

export class Ledger {
  readonly #lives = new Map<string, { life: string; said: Set<string>; shown: Map<string, State>; isAlive: boolean }>()

  get lives(): readonly Life[] {
    return [...this.#lives.values()]
  }

  /** How many messages were said. */
  get count(): number {
    return this.lives.reduce((sum, { said }) => sum + said.size, 0)
  }

  begin(life: string): void {
    this.#lives.set(life, { life, said: new Set(), shown: new Map(), isAlive: true })
  }

  end(life: string): void {
    const its = this.#lives.get(life)
    if (its) its.isAlive = false
  }

  /** A life shows a message, its own or another's. */
  shows(life: string, text: string, state: State): void {
    const its = this.#lives.get(life)
    if (!its) return
    its.shown.set(text, state)
    if (lifeOf(text) === life) its.said.add(text)
  }
}

/** Whose life a message is from. */
export function lifeOf(text: string): string {
  return text.slice(0, text.lastIndexOf(' #'))
}

/** Which of a life's messages this is. */
export function numberOf(text: string): number {
  return Number(text.slice(text.lastIndexOf(' #') + 2))
}
