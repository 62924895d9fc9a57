/** What every life said and ever showed, while it was there: more than any of them can tell at the end. */
import type { State } from './wire.ts'

export interface Person {
  /** What all that it said begins with. */
  readonly life: string
  /** By this name it is in lists of members. */
  readonly name: string
  /** What it has written to its disk comes back with the next life of the same name. */
  readonly hasDisk: boolean
}

export interface Life extends Person {
  /** What it said, as far as it could tell. */
  readonly said: ReadonlySet<string>
  /** All messages that it ever showed, with the last state. */
  readonly shown: ReadonlyMap<string, State>
  /** Who was ever known to have what it said, by name, as far as it told. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>
  readonly isAlive: boolean
}

interface Told extends Person {
  readonly said: Set<string>
  readonly shown: Map<string, State>
  readonly holders: Map<string, Set<string>>
  isAlive: boolean
}

export class Ledger {
  readonly #lives = new Map<string, Told>()

  get lives(): readonly Life[] {
    return [...this.#lives.values()]
  }

  /** How many messages were said. */
  get count(): number {
    return this.lives.reduce((sum, { said }) => sum + said.size, 0)
  }

  begin(person: Person): void {
    this.#lives.set(person.life, {
      ...person,
      said: new Set(),
      shown: new Map(),
      holders: new Map(),
      isAlive: true,
    })
  }

  end(life: string): void {
    const its = this.#lives.get(life)
    if (its) its.isAlive = false
  }

  /** A life shows a message, its own or another's, and tells who is known to have it. */
  shows(life: string, text: string, state: State, holders: readonly string[] = []): void {
    const its = this.#lives.get(life)
    if (!its) return
    its.shown.set(text, state)
    if (lifeOf(text) === life) its.said.add(text)
    if (holders.length > 0) its.holders.set(text, new Set([...(its.holders.get(text) ?? []), ...holders]))
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
