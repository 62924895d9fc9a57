import type { KindName } from './lab/household.ts'
import { RELAY, SECRET } from './lab/internet.ts'
import { test } from './lab/internet-test.ts'
import { connects, wayOf } from './lab/way.ts'

const KINDS = ['public', 'independent', 'cone', 'symmetric', 'blocked'] as const satisfies KindName[]
const SERVERS = {
  'no STUN': { STUN_PORT: '0' },
  STUN: {},
  TURN: { TURN_URLS: RELAY.plain, TURN_SECRET: SECRET },
}
for (const [i, ada] of KINDS.entries())
  for (const ben of KINDS.slice(i))
    test(`${ada} with ${ben}`, async ({ become, meet }) => {
      become(ada, ben)
      const out = await Promise.all(Object.entries(SERVERS).map(async ([name, settings]) => {
        const two = await meet(settings)
        const [a, b] = await Promise.all(two.map(connects))
        if (a && b) return `${name}: ${(await Promise.all(two.map(wayOf))).join(' / ')}`
        return `${name}: fails ${a} ${b}`
      }))
      process.stdout.write(`${ada} - ${ben}: ${out.join('; ')}\n`)
    })
