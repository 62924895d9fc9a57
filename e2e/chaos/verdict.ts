/** Whether what the members show in the end is what it must be. */
import type { End } from './breakable.ts'
import { type Life, lifeOf, numberOf } from './ledger.ts'
import type { Report } from './wire.ts'

/** One member that is there in the end. */
export interface Survivor {
  readonly name: string
  readonly life: string
  readonly report: Report
  readonly ends: readonly End[]
}

/** The most examples that a problem names. */
const EXAMPLES = 6

function some(texts: readonly string[]): string {
  const more = texts.length > EXAMPLES ? ` and ${texts.length - EXAMPLES} more` : ''
  return texts.slice(0, EXAMPLES).join(', ') + more
}

/** What is wrong with one list by itself. */
function listProblems({ life, report }: Survivor, lives: readonly Life[]): string[] {
  const problems: string[] = []
  const texts = report.messages.map(({ text }) => text)
  const doubled = texts.filter((text, index) => texts.indexOf(text) !== index)
  if (doubled.length > 0) problems.push(`${life} shows twice: ${some(doubled)}`)
  const known = new Set(lives.map((each) => each.life))
  const unknown = texts.filter((text) => !known.has(lifeOf(text)))
  if (unknown.length > 0) problems.push(`${life} shows what nobody said: ${some(unknown)}`)
  const last = new Map<string, number>()
  for (const text of new Set(texts)) {
    const before = last.get(lifeOf(text)) ?? 0
    if (numberOf(text) !== before + 1)
      problems.push(`${life} shows ${text} after ${before === 0 ? 'nothing' : `#${before}`} of the same life`)
    last.set(lifeOf(text), numberOf(text))
  }
  return problems
}

/**
 * What nobody may lack, by the reason for it: who lives had it, or it was on the disk of one who lives again. A member says
 * that it has something, and shows its own as sent, only after it is on its disk where there is one.
 */
function mustBeThere(lives: readonly Life[]): ReadonlyMap<string, readonly string[]> {
  const there = new Set(lives.filter(({ isAlive }) => isAlive).map(({ name }) => name))
  const reasons = new Map<string, string[]>()
  const add = (reason: string, text: string) => {
    const texts = reasons.get(reason) ?? []
    texts.push(text)
    reasons.set(reason, texts)
  }
  for (const { life, name, hasDisk, isAlive, said, shown, holders } of lives) {
    for (const [text, state] of shown) {
      if (isAlive) add(`${life} ${said.has(text) ? 'said' : 'showed'}`, text)
      else if (hasDisk && there.has(name) && said.has(text) && state !== 'sending') add(`${life} showed as sent`, text)
    }
    for (const [text, names] of holders)
      for (const holder of names) if (there.has(holder)) add(`${life} knew ${holder} to have`, text)
  }
  return reasons
}

/** What a list lacks that it must have. */
function lossProblems({ life, report }: Survivor, lives: readonly Life[]): string[] {
  const has = new Set(report.messages.map(({ text }) => text))
  return [...mustBeThere(lives)].flatMap(([reason, texts]) => {
    const lost = texts.filter((text) => !has.has(text))
    return lost.length > 0 ? [`${life} lacks what ${reason}: ${some(lost)}`] : []
  })
}

/** Where two lists differ. */
function differenceProblems(one: Survivor, other: Survivor): string[] {
  const [mine, theirs] = [one, other].map(({ report }) => report.messages.map(({ text }) => text))
  if (!mine || !theirs) return []
  const [held, heldThere] = [new Set(mine), new Set(theirs)]
  const lack = (set: ReadonlySet<string>, texts: readonly string[]) => texts.filter((text) => !set.has(text))
  const problems: string[] = []
  for (const [who, whose, lost] of [
    [one, other, lack(held, theirs)],
    [other, one, lack(heldThere, mine)],
  ] as const)
    if (lost.length > 0) problems.push(`${who.life} lacks ${lost.length} that ${whose.life} has: ${some(lost)}`)
  const at = mine.findIndex((text, index) => text !== theirs[index])
  if (problems.length === 0 && (at >= 0 || mine.length !== theirs.length))
    problems.push(`${one.life} and ${other.life} differ in order from ${at}: ${mine[at]} and ${theirs[at]}`)
  return problems
}

/** Ghosts, doubles, and who is missing or not linked, in a list of members. */
function memberProblems({ life, report }: Survivor, names: readonly string[]): string[] {
  const shown = report.members.map(({ name }) => name).sort()
  const expected = [...names].sort()
  const problems: string[] = []
  if (String(shown) !== String(expected))
    problems.push(`${life} sees ${shown.join(', ')} as members, and there are ${expected.join(', ')}`)
  const unlinked = report.members.filter(({ isLinked }) => !isLinked).map(({ name }) => name)
  if (unlinked.length > 0) problems.push(`${life} has no link to ${unlinked.join(', ')}`)
  return problems
}

/** One connection for each pair: not two, not none, and none that leads nowhere. */
function linkProblems(survivors: readonly Survivor[]): string[] {
  return survivors.flatMap(({ life, ends }) => {
    const others = survivors.filter((other) => other.life !== life)
    const counts = others.map(
      (other) =>
        ends.filter((end) =>
          other.ends.some((its) => end.local !== '' && its.local === end.remote && its.remote === end.local),
        ).length,
    )
    const problems = others.flatMap((other, index) =>
      counts[index] === 1 ? [] : [`${life} has ${counts[index]} connections to ${other.life}`],
    )
    const stray = ends.length - counts.reduce((sum, count) => sum + count, 0)
    if (stray > 0) problems.push(`${life} has ${stray} connections that lead to nobody`)
    return problems
  })
}

/** What keeps them apart: who is not in another's list, or has no link. */
export function apartProblems(survivors: readonly Survivor[]): string[] {
  const names = survivors.map(({ name }) => name)
  return [...survivors.flatMap((survivor) => memberProblems(survivor, names)), ...linkProblems(survivors)]
}

/** All that is wrong, in sentences; nothing, when all is well. */
export function problemsOf(survivors: readonly Survivor[], lives: readonly Life[]): string[] {
  const [first, ...others] = survivors
  if (!first) return ['Nobody is left.']
  const undelivered = survivors.flatMap(({ life, name, report }) => {
    // Those of an earlier life as well, where it is the same person.
    const own = new Set(lives.filter((each) => each.name === name).map((each) => each.life))
    const waiting = report.messages.filter(({ text, state }) => own.has(lifeOf(text)) && state !== 'delivered')
    return waiting.length === 0
      ? []
      : [`${life} waits for receipts of ${some(waiting.map(({ text, state }) => `${text} (${state})`))}`]
  })
  return [
    ...others.flatMap((other) => differenceProblems(first, other)),
    ...survivors.flatMap((survivor) => listProblems(survivor, lives)),
    // All the same when the lists are equal.
    ...lossProblems(first, lives),
    ...apartProblems(survivors),
    ...undelivered,
  ]
}

/** Messages of the dead that nobody has: only others who died had them, or nobody. */
export function diedWithTheirHolders(survivors: readonly Survivor[], lives: readonly Life[]): readonly string[] {
  const has = new Set(survivors[0]?.report.messages.map(({ text }) => text))
  return lives.filter(({ isAlive }) => !isAlive).flatMap(({ said }) => [...said].filter((text) => !has.has(text)))
}
