import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ledger } from './ledger.ts'
import { joinSlices } from './page-member.ts'
import { diedWithTheirHolders, problemsOf, type Survivor } from './verdict.ts'
import type { Report } from './wire.ts'

const NAMES = ['A.1', 'B.1', 'C.1']
/** D died; its second message was delivered. */
const SAID = ['A.1 #1', 'D.1 #1', 'B.1 #1', 'A.1 #2', 'D.1 #2', 'C.1 #1']

function reportOf(life: string, texts = SAID): Report {
  return {
    messages: texts.map((text) => ({ text, state: text.startsWith(life) ? 'delivered' : 'received' })),
    members: NAMES.map((name) => ({ name, isLinked: true })),
  }
}

/** Three who are linked with each other and show the same. */
function allWell(): { survivors: Survivor[]; ledger: Ledger } {
  const ledger = new Ledger()
  for (const life of [...NAMES, 'D.1']) {
    ledger.begin({ life, name: life, hasDisk: false })
    for (const text of SAID) ledger.shows(life, text, text.startsWith(life) ? 'delivered' : 'received')
  }
  ledger.end('D.1')
  const survivors = NAMES.map((name) => {
    const others = NAMES.filter((other) => other !== name)
    const ends = others.map((other, id) => ({
      id,
      local: `${name}-${other}`,
      remote: `${other}-${name}`,
      isOpen: true,
    }))
    return { name, life: name, report: reportOf(name), ends }
  })
  return { survivors, ledger }
}

/** What is said when somebody shows something else. */
function problemsWith(change: (survivor: Survivor) => Partial<Survivor>, index = 1): string {
  const { survivors, ledger } = allWell()
  const changed = survivors.map((each, at) => (at === index ? { ...each, ...change(each) } : each))
  return problemsOf(changed, ledger.lives).join('\n')
}
const showing =
  (texts: string[]) =>
  ({ life }: Survivor) => ({ report: reportOf(life, texts) })

/** What is said when all show the same, and it is this. */
function problemsWhenAllShow(texts: string[]): string {
  const { survivors, ledger } = allWell()
  return problemsOf(
    survivors.map((each) => ({ ...each, report: reportOf(each.life, texts) })),
    ledger.lives,
  ).join('\n')
}

test('when all show the same and have all that was said, nothing is wrong', () => {
  const { survivors, ledger } = allWell()
  assert.deepEqual(problemsOf(survivors, ledger.lives), [])
})

test('one who lacks a message, has one more, or shows two in another order is found', () => {
  assert.match(problemsWith(showing(SAID.slice(0, -1))), /B\.1 lacks 1 that A\.1 has: C\.1 #1/)
  assert.match(problemsWith(showing([...SAID, 'C.1 #2'])), /A\.1 lacks 1 that B\.1 has: C\.1 #2/)
  const [first = '', second = '', ...rest] = SAID
  assert.match(problemsWith(showing([second, first, ...rest])), /differ in order from 0: A\.1 #1 and D\.1 #1/)
})

test('a message that is shown twice is found, even by all alike', () => {
  assert.match(problemsWith(showing([...SAID, 'C.1 #1'])), /B\.1 shows twice: C\.1 #1/)
  assert.match(problemsWhenAllShow([...SAID, 'C.1 #1']), /shows twice: C\.1 #1/)
})

test('a message that all lost is found: of one who lives, and one that such a one showed', () => {
  const without = (lost: string) => problemsWhenAllShow(SAID.filter((text) => text !== lost))
  assert.match(without('C.1 #1'), /lacks what C\.1 said: C\.1 #1/)
  assert.match(without('D.1 #2'), /lacks what A\.1 showed: D\.1 #2/)
})

test('a message of one who died that nobody else had is no fault, and counted', () => {
  const { survivors, ledger } = allWell()
  ledger.shows('D.1', 'D.1 #3', 'sending')
  assert.deepEqual(problemsOf(survivors, ledger.lives), [])
  assert.deepEqual(diedWithTheirHolders(survivors, ledger.lives), ['D.1 #3'])
})

test('a message of one who died is a loss where somebody who lives was known to have it, and none where only others who died had it', () => {
  const { survivors, ledger } = allWell()
  ledger.begin({ life: 'E.1', name: 'E.1', hasDisk: false })
  ledger.end('E.1')
  ledger.shows('E.1', 'D.1 #3', 'received')
  ledger.shows('D.1', 'D.1 #3', 'delivered', ['E.1'])
  assert.deepEqual(problemsOf(survivors, ledger.lives), [])
  ledger.shows('D.1', 'D.1 #3', 'delivered', ['B.1'])
  assert.match(problemsOf(survivors, ledger.lives).join(), /lacks what D\.1 knew B\.1 to have: D\.1 #3/)
})

test('what one with a disk showed as sent, or was known to have, must come back with the next life', () => {
  const problems = (
    life: string,
    state: 'sending' | 'sent' | 'received',
    holders: readonly string[],
    comesBack = true,
  ) => {
    const { survivors, ledger } = allWell()
    ledger.begin({ life: 'P.1', name: 'A.1', hasDisk: true })
    ledger.begin({ life: 'E.1', name: 'E.1', hasDisk: false })
    ledger.shows(life, `${life} #1`, state, holders)
    ledger.end('P.1')
    ledger.end('E.1')
    if (!comesBack) ledger.end('A.1')
    return problemsOf(survivors, ledger.lives).join()
  }
  assert.match(problems('P.1', 'sent', []), /lacks what P\.1 showed as sent: P\.1 #1/)
  assert.equal(problems('P.1', 'sending', []), '')
  assert.equal(problems('P.1', 'sent', [], false), '')
  assert.match(problems('E.1', 'sent', ['A.1']), /lacks what E\.1 knew A\.1 to have: E\.1 #1/)
  assert.equal(problems('E.1', 'sent', []), '')
})

test('words of one life in the wrong order or with a gap, and those of nobody, are found', () => {
  assert.match(problemsWhenAllShow(['A.1 #2', 'A.1 #1']), /shows A\.1 #2 after nothing/)
  assert.match(problemsWhenAllShow([...SAID, 'C.1 #3']), /shows C\.1 #3 after #1/)
  assert.match(problemsWhenAllShow([...SAID, 'E.1 #1']), /shows what nobody said: E\.1 #1/)
})

test('a ghost, a double, one who is missing and one without a link are found in a list of members', () => {
  const members = (names: string[], linked = true) =>
    problemsWith(({ report }) => ({
      report: { ...report, members: names.map((name) => ({ name, isLinked: linked || name !== 'C.1' })) },
    }))
  assert.match(members([...NAMES, 'D.1']), /B\.1 sees A\.1, B\.1, C\.1, D\.1 as members/)
  assert.match(members([...NAMES, 'C.1']), /B\.1 sees A\.1, B\.1, C\.1, C\.1 as members/)
  assert.match(members(['A.1', 'B.1']), /B\.1 sees A\.1, B\.1 as members/)
  assert.match(members(NAMES, false), /B\.1 has no link to C\.1/)
})

test('two connections between two, none, and one that leads nowhere are found', () => {
  const end = (local: string, remote: string) => ({ id: 9, local, remote, isOpen: true })
  assert.match(
    problemsWith(({ ends }) => ({ ends: [...ends, end('B.1-C.1', 'C.1-B.1')] })),
    /B\.1 has 2 connections to C\.1/,
  )
  assert.match(
    problemsWith(({ ends }) => ({ ends: ends.slice(1) })),
    /B\.1 has 0 connections to A\.1/,
  )
  assert.match(
    problemsWith(({ ends }) => ({ ends: [...ends, end('', '')] })),
    /B\.1 has 1 connections that lead to nobody/,
  )
})

test('a receipt that never came is found', () => {
  const problems = problemsWith(({ life, report }) => ({
    report: {
      ...report,
      messages: report.messages.map(({ text }) => ({ text, state: text.startsWith(life) ? 'sent' : 'received' })),
    },
  }))
  assert.match(problems, /B\.1 waits for receipts of B\.1 #1 \(sent\)/)
})

test('a receipt that never came for what the same person said in an earlier life is found', () => {
  const { survivors, ledger } = allWell()
  ledger.begin({ life: 'P.1', name: 'B.1', hasDisk: true })
  ledger.shows('P.1', 'P.1 #1', 'sent')
  ledger.end('P.1')
  const shown = survivors.map(({ life, report, ...rest }) => ({
    ...rest,
    life,
    report: {
      ...report,
      messages: [
        ...report.messages,
        { text: 'P.1 #1', state: life === 'B.1' ? ('sent' as const) : ('received' as const) },
      ],
    },
  }))
  assert.deepEqual(problemsOf(shown, ledger.lives), ['B.1 waits for receipts of P.1 #1 (sent)'])
})

test('what a page draws on its way up is put together, a double included', () => {
  const shown = (...texts: string[]) => texts.map((text) => ({ text, state: 'received' as const }))
  assert.deepEqual(joinSlices(shown('a', 'b', 'c'), shown('c', 'd')), shown('a', 'b', 'c', 'd'))
  assert.deepEqual(joinSlices(shown('a', 'b', 'c'), shown('b', 'c', 'd')), shown('a', 'b', 'c', 'd'))
  assert.deepEqual(joinSlices(shown('a', 'b', 'b'), shown('b', 'b', 'd')), shown('a', 'b', 'b', 'd'))
  assert.deepEqual(joinSlices(shown('a', 'b', 'c', 'd'), shown('b', 'c')), shown('a', 'b', 'c'))
  assert.throws(() => joinSlices(shown('a'), shown('b')), /does not overlap/)
})
