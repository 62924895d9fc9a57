import type { VerdictCode } from '../client/net/verdict.ts'
import { NOBODY, RELAY, SECRET } from './lab/internet.ts'
import { type MeetingOptions, type Two, test } from './lab/internet-test.ts'
import { outcomeOf, type RouteWords } from './lab/outcome.ts'
import { speakInVain, talk } from './lab/say.ts'
import type { Settings } from './support/server.ts'
import { expect } from './support/test.ts'

const TURN = { TURN_URLS: RELAY.plain, TURN_SECRET: SECRET }

/** They are connected, and read that it is by one of these ways, which is true. */
async function connected([ada, ben]: Two, adas: readonly RouteWords[], bens = adas): Promise<void> {
  const both = await Promise.all([outcomeOf(ada, 'Ben', adas), outcomeOf(ben, 'Ada', bens)])
  for (const outcome of both) expect(outcome).toHaveProperty('route')
}

/** They are not, and read why. */
async function fails([ada, ben]: Two, verdict: VerdictCode): Promise<void> {
  expect(await Promise.all([outcomeOf(ada, 'Ben'), outcomeOf(ben, 'Ada')])).toEqual([{ verdict }, { verdict }])
  await speakInVain([ada, ben])
}

/** At least one side's relay is used, spoken to by UDP. */
const RELAYED: readonly RouteWords[] = ['relayed by UDP', 'relayed']

/** A server whose clock is two days behind, so that what it says will end tomorrow ended yesterday. */
const BEHIND = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent('const now=Date.now;Date.now=()=>now()-172800000')}`,
}

test('where relays only may be used, both go by them, and tell no other address', async ({ become, meet }) => {
  become('independent', 'cone')
  const two = await meet(TURN, { relaysOnly: true })
  // By UDP as a rule: a busy machine may find the other way first.
  await connected(two, ['relayed by UDP', 'relayed by TCP'])
  await talk(two)
  for (const { page } of two) {
    const told = await page.evaluate(() =>
      (window.earshotConnections ?? []).flatMap(({ localDescription }) =>
        [...(localDescription?.sdp ?? '').matchAll(/^a=candidate:.* (\S+) \d+ typ (.*)$/gm)].map(
          ([, address, type]) => `${address} ${type}`,
        ),
      ),
    )
    expect(told.length).toBeGreaterThan(0)
    for (const candidate of told) expect(candidate).toMatch(/^11\.0\.0\.2 relay raddr 0\.0\.0\.0 rport 0/)
  }
})

test('credentials that the relay refuses, of another secret or expired, are what the page names as the reason', async ({
  become,
  meet,
}) => {
  become('symmetric', 'symmetric')
  const refused: readonly Settings[] = [
    { ...TURN, TURN_SECRET: 'north-south-east-best' },
    { ...TURN, ...BEHIND },
  ]
  await Promise.all(
    refused.map(async (settings) => {
      const two = await meet(settings)
      await fails(two, 'turn-refused')
    }),
  )
})

test('a relay that dies during a chat and comes back takes the link with it, and brings it back', async ({
  internet,
  become,
  meet,
}) => {
  test.setTimeout(120_000)
  become('symmetric', 'symmetric')
  const two = await meet(TURN)
  const [ada, ben] = two
  await connected(two, RELAYED)
  await talk(two, 'the relay')
  await internet.coturn.kill()
  try {
    await ada.say('is anybody there?')
    await expect(ada.member('Ben')).not.toContainText('relayed')
    await expect(ben.member('Ada')).not.toContainText('relayed')
  } finally {
    await internet.coturn.start()
  }
  await expect(ben.message('is anybody there?')).toHaveCount(1, { timeout: 60_000 })
  await talk(two, 'being back')
  await connected(two, RELAYED)
  expect((await ada.messages()).length).toBe(5)
})

test('where only TCP port 443 of the relay is let through, both go there by TLS', async ({ become, meet }) => {
  become('web', 'web')
  const two = await meet({ ...TURN, TURN_URLS: `${RELAY.plain},${RELAY.tls}` })
  await connected(two, ['relayed by TLS'])
  await talk(two)
})

test('servers that never answer, or refuse, keep nobody from connecting by the ones that do', async ({
  become,
  meet,
}) => {
  become('symmetric', 'blocked')
  const TURN_URLS = [`turn:${NOBODY}:3478`, `turn:11.0.0.1:9`, `turns:${NOBODY}:443`, RELAY.plain].join()
  const two = await meet({ ...TURN, TURN_URLS, STUN_URLS: `stun:${NOBODY}:3478,stun:nobody.invalid:3478` })
  await connected(two, RELAYED, ['relayed by TCP'])
  await talk(two)
})

/** IPv6 alone, on both sides. */
const ipv6: MeetingOptions = { family: 6 }

test('with IPv6 alone two connect straight through their firewalls', async ({ become, meet }) => {
  become('ipv6', 'ipv6')
  const two = await meet({}, ipv6)
  await connected(two, ['direct, without NAT'])
  await talk(two)
})

test('with IPv6 alone, and UDP blocked on one side, a relay carries it by TCP', async ({ become, meet }) => {
  become('ipv6-blocked', 'ipv6')
  const two = await meet({ ...TURN, TURN_URLS: `${RELAY.plain},${RELAY.plain6}` }, ipv6)
  await connected(two, ['relayed by TCP'], RELAYED)
  await talk(two)
})
