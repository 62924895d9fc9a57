import { expect } from '@playwright/test'
import type { Person } from '../support/person.ts'

type Two = readonly [ada: Person, ben: Person]

/** Messages of both arrive, and both learn that. */
export async function talk([ada, ben]: Two, about = 'the weather'): Promise<void> {
  await Promise.all([ada.say(`Ada on ${about}`), ben.say(`Ben on ${about}`)])
  for (const person of [ada, ben]) for (const name of ['Ada', 'Ben']) await person.sees(`${name} on ${about}`)
  await expect(ada.message(`Ada on ${about}`)).toContainText('Delivered')
  await expect(ben.message(`Ben on ${about}`)).toContainText('Delivered')
}

/** What either says reaches nobody, and the page doesn't pretend that it did. */
export async function speakInVain(two: Two): Promise<void> {
  for (const person of two) await person.say('Hello?')
  for (const person of two) {
    await expect(person.message('Hello?')).toContainText('nobody has it yet')
    await expect(person.articles).toHaveCount(1)
  }
}
