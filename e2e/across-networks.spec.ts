import { allServers, cellOf, expected, NETWORKS, type Network, networks, SERVERS, type Servers } from './lab/cells.ts'
import { test } from './lab/internet-test.ts'
import { outcomeOf } from './lab/outcome.ts'
import { speakInVain, talk } from './lab/say.ts'
import { CELL } from './lab/table.ts'
import { expect } from './support/test.ts'

/** What of the table is looked at each time; `npm run lab` sees all of it. */
const SAMPLE: readonly { readonly ada: Network; readonly ben: Network; readonly servers: readonly Servers[] }[] = [
  { ada: 'independent', ben: 'independent', servers: ['no STUN', 'STUN'] },
  { ada: 'cone', ben: 'symmetric', servers: ['STUN'] },
  { ada: 'symmetric', ben: 'independent', servers: ['STUN', 'TURN'] },
  { ada: 'blocked', ben: 'symmetric', servers: ['STUN', 'TURN'] },
]

const everything = networks.flatMap((ada) => networks.map((ben) => ({ ada, ben, servers: allServers })))

for (const { ada, ben, servers } of process.env.EARSHOT_LAB ? everything : SAMPLE)
  test(`${NETWORKS[ada]} with ${NETWORKS[ben]}: what connects, by which way, and why not`, async ({
    become,
    meet,
  }, info) => {
    become(ada, ben)
    // Each set of servers has a room of its own, all at once: most of the time is spent on waiting for what never comes.
    await Promise.all(
      servers.map(async (name) => {
        const two = await meet(SERVERS[name])
        const [adasPart, bensPart] = [expected(ada, ben, name), expected(ben, ada, name)]
        const [adas, bens] = await Promise.all([
          outcomeOf(two[0], 'Ben', adasPart.routes),
          outcomeOf(two[1], 'Ada', bensPart.routes),
        ])
        const text = cellOf([adas, bens])
        info.annotations.push({ type: CELL, description: JSON.stringify({ ada, ben, servers: name, text }) })
        for (const [seen, must] of [
          [adas, adasPart],
          [bens, bensPart],
        ] as const)
          expect('verdict' in seen ? seen.verdict : undefined).toBe(must.verdict)
        if ('route' in adas) await talk(two)
        else await speakInVain(two)
      }),
    )
  })
