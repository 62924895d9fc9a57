import { expect } from '@playwright/test'
import type { Person } from '../support/person.ts'

/** How long a message may take at most: only what never comes takes longer. */
const MOST_MS = 90_000

export interface Speaker {
  readonly name: string
  readonly person: Person
}

interface Said {
  readonly by: string
  readonly text: string
  readonly at: number
  /** When everybody else saw it. */
  readonly seenAt: Promise<number>
}

/** What a few people say to each other while their network is in trouble, and when the others see it. */
export class Talk {
  readonly #said: Said[] = []
  #told = 0

  constructor(readonly speakers: readonly Speaker[]) {}

  /** Everybody says something now. */
  async everybodySays(): Promise<void> {
    await Promise.all(this.speakers.map((speaker) => this.#says(speaker, 0)))
  }

  /** One of them says something of at least so many characters. */
  async says(speaker: number, length: number): Promise<void> {
    const who = this.speakers[speaker]
    if (who) await this.#says(who, length)
  }

  /** Waits until everybody saw everything. Gives for each direction how many seconds that took, counted from `since` at the earliest. */
  async arrived(since: number): Promise<string> {
    const seconds = new Map<string, number>()
    for (const { by, at, seenAt } of this.#said.splice(0)) {
      const took = ((await seenAt) - Math.max(at, since)) / 1000
      seconds.set(by, Math.max(took, seconds.get(by) ?? 0))
    }
    return [...seconds].map(([name, took]) => `from ${name} ${took.toFixed(1)} s`).join(', ')
  }

  /** Waits until all is well: everybody sees everybody, and everything is delivered. Then all lists must be the same. */
  async isWell(): Promise<void> {
    const names = this.speakers.map(({ name }) => name)
    const people = names.length === 2 ? '1 person' : `${names.length - 1} people`
    for (const { person } of this.speakers) {
      await person.isWith(...names)
      await expect(person.status).toHaveText(`Connected directly to ${people}.`, { timeout: MOST_MS })
    }
    const lists: string[][] = []
    for (const { person } of this.speakers) {
      await expect(person.articles).toHaveCount(this.#told)
      await expect(person.articles.filter({ hasText: /Sending|Sent/ })).toHaveCount(0)
      lists.push((await person.messages()).map((text) => /\S+ says \d+\./.exec(text)?.[0] ?? text))
    }
    for (const list of lists) {
      expect(list).toEqual(lists[0])
      expect(new Set(list).size).toBe(this.#told)
    }
  }

  async #says({ name, person }: Speaker, length: number): Promise<void> {
    const text = `${name} says ${++this.#told}.`
    await person.say(text.padEnd(length, ' .'))
    const at = Date.now()
    const others = this.speakers.filter((speaker) => speaker.person !== person)
    const seen = others.map((other) => other.person.message(text).waitFor({ timeout: MOST_MS }))
    const seenAt = Promise.all(seen).then(() => Date.now())
    // Whoever waits for it hears of it.
    seenAt.catch(() => {})
    this.#said.push({ by: name, text, at, seenAt })
  }
}
