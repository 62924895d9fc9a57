/** What is said when people have to be told apart: the part of `text.ts` that is needed seldom, and loaded only then. */
import type { Member } from '../../room/types.ts'
import { nameInSentence } from './name-text.ts'
import { number } from './text.ts'

export const safetyWords = {
  safetyNumber: 'Safety number',
  theyMatch: 'They match',
  unverify: 'Not verified any more',
} as const

/** How to compare safety numbers, or that they were compared. */
export function verifyText(name: string, verified: boolean): string {
  const who = nameInSentence(name)
  return verified
    ? `You compared this number with ${who}, and it matched. If you are in doubt, compare it again or take it back.`
    : `Compare this number with the one that ${who} sees: in person or on a call, not in this chat.`
}

/** What it means when the numbers differ. */
export function differText(name: string): string {
  return `If the numbers differ, this isn't ${nameInSentence(name)}, or somebody stands between you.`
}

function sentence({ name, caution }: Member): string {
  if (!caution) return ''
  const { kind, of, verified } = caution
  const [who, other] = [nameInSentence(name), nameInSentence(caution.name)]
  const looks = `Someone here is called ${who}, which looks like`
  if (of === 'me')
    return kind === 'imitates'
      ? `${looks} your name: it is somebody else.`
      : `Someone here is called ${who}, as you are: it is somebody else.`
  if (kind === 'imitates') return `${looks} ${other}${verified ? ', whom you verified' : ''}: their key is another one.`
  if (of === 'new') return `More than one ${who} is here. Verify them to know who is who.`
  return `Someone here is called ${who}, but is not the ${other} you ${verified ? 'verified' : 'know'}: their key is another one.`
}

/** Two who look like each other are one thing to say. */
const about = ({ name, caution }: Member): string =>
  caution?.of === 'new' ? [name, caution.name].sort().join('\n') : `${name}\n${JSON.stringify(caution)}`

/** Said out loud of members whose names are not to be trusted. */
export function cautionAlert(members: readonly Member[]): string {
  const sentences = [...new Map(members.map((member) => [about(member), sentence(member)])).values()]
  if (sentences.length <= 3) return sentences.join(' ')
  return `${number(members.length)} people here have names that belong to others. The list of members shows who.`
}
