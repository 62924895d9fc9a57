import { setTimeout as pass } from 'node:timers/promises'
import type { Cable } from './lab/cable.ts'
import { lose, loseNothing } from './lab/faults.ts'
import { pathsOf, wayBack } from './lab/paths.ts'
import { Talk } from './lab/talk.ts'
import { test } from './lab/test.ts'

interface Trouble {
  readonly title: string
  begin(cable: Cable): void
  /** How long it lasts, in seconds. */
  readonly seconds: number
  end(cable: Cable): void
}

const nothing = () => {}

const troubles: readonly Trouble[] = [
  { title: '8 s without UDP', begin: (cable) => lose(cable, 'udp'), seconds: 8, end: loseNothing },
  { title: '40 s without UDP @long', begin: (cable) => lose(cable, 'udp'), seconds: 40, end: loseNothing },
  {
    title: '6 s without a link',
    begin: (cable) => cable.disconnect(),
    seconds: 6,
    end: (cable) => cable.connect(),
  },
  {
    title: 'a change of address',
    begin: (cable) => {
      cable.readdress()
      cable.connect()
    },
    seconds: 0,
    end: nothing,
  },
  {
    title: 'moving to another network @long',
    begin: (cable) => cable.disconnect(),
    seconds: 4,
    end: (cable) => {
      cable.readdress()
      cable.connect()
    },
  },
]

for (const { title, begin, seconds, end } of troubles)
  test(`the conversation goes on by itself after ${title}`, async ({ ada, ben, cable }) => {
    test.setTimeout(180_000)
    const talk = new Talk([
      { name: 'Ada', person: ada },
      { name: 'Ben', person: ben },
    ])
    await talk.everybodySays()
    await talk.isWell()
    await talk.arrived(0)
    const before = await pathsOf(ada)

    begin(cable)
    await talk.everybodySays()
    await pass(seconds * 500)
    await talk.everybodySays()
    await pass(seconds * 500)
    end(cable)
    const ended = Date.now()

    const took = await talk.arrived(ended)
    await talk.isWell()
    const way = wayBack(before, await pathsOf(ada))
    process.stdout.write(`    after ${title.replace(' @long', '')}: ${took}; ${way}\n`)
  })
