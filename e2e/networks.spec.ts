import { setTimeout as pass } from 'node:timers/promises'
import type { Cable } from './lab/cable.ts'
import { lose, loseNothing, narrow } from './lab/faults.ts'
import { pathsOf, wayBack } from './lab/paths.ts'
import { Talk } from './lab/talk.ts'
import { test } from './lab/test.ts'

interface Trouble {
  readonly title: string
  begin(cable: Cable): void
  /** How long it lasts, in seconds. */
  readonly seconds: number
  end(cable: Cable): void
  /** Everything arrives while it lasts. */
  readonly isBearable?: boolean
  /** How many long messages Ada writes meanwhile, of 15,000 characters each. */
  readonly backlog?: number
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
  {
    title: '30 % of everything lost @long',
    begin: (cable) => lose(cable, 'everything', 30),
    seconds: 10,
    end: loseNothing,
    isBearable: true,
  },
  {
    title: '1 Mbit/s with 600 KB to catch up on @long',
    begin: (cable) => {
      narrow(cable, 1_000)
      lose(cable, 'udp')
    },
    seconds: 4,
    end: loseNothing,
    backlog: 40,
  },
]

for (const { title, begin, seconds, end, isBearable = false, backlog = 0 } of troubles)
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
    for (let i = 0; i < backlog; i++) await talk.says(0, 15_000)
    await talk.everybodySays()
    await pass(seconds * 500)
    const ended = isBearable ? 0 : Date.now()
    if (!isBearable) end(cable)
    const took = await talk.arrived(ended)
    if (isBearable) end(cable)
    await talk.isWell()
    const way = wayBack(before, await pathsOf(ada))
    process.stdout.write(`    after ${title.replace(' @long', '')}: ${took}; ${way}\n`)
  })
