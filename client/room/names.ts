/** Names for people and rooms: picked for newcomers, and cleaned when they come from elsewhere. */
import { type Bytes, randomBytes } from '../crypto/bytes.ts'
import { withoutInvisible } from '../net/room-url.ts'
import { ADJECTIVES, ANIMALS, PLACES } from '../texts/name-words.ts'

/** The longest name of a person, in UTF-16 units. */
export const MAX_NAME = 40

/** One of the words, each as likely as the others. */
function pick(words: readonly string[], random: (length: number) => Bytes): string {
  const [high = 0, low = 0] = random(2)
  return words[(high * 256 + low) % words.length] ?? ''
}

/** A name for a newcomer, such as "Quiet Otter". */
export const pickName = (random: (length: number) => Bytes = randomBytes): string =>
  `${pick(ADJECTIVES, random)} ${pick(ANIMALS, random)}`

/** A name for a new room, such as "amber-harbour". Not a secret: the key beside it is. */
export const pickRoomName = (random: (length: number) => Bytes = randomBytes): string =>
  `${pick(ADJECTIVES, random).toLowerCase()}-${pick(PLACES, random)}`

/**
 * A name as it can be shown: NFC, white space folded and trimmed, nothing in it that can't be seen. It may be empty, and it
 * may be longer than `MAX_NAME`.
 */
export function cleanName(text: string): string {
  let name = text.replace(/[^\S\ufeff]+/gu, ' ')
  let before: string
  // Without what stood between them letters may compose and marks change places, and a joiner stand alone.
  do {
    before = name
    name = withoutInvisible(name.normalize('NFC'))
  } while (name !== before)
  return name.replace(/ +/g, ' ').trim()
}
