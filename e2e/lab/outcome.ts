/** What became of an attempt to meet, as the page says it, and as the browser's statistics have it. */
import { expect } from '@playwright/test'
import type { VerdictCode } from '../../client/net/verdict.ts'
import { verdictSentences } from '../../client/texts/verdict-text.ts'
import type { Person } from '../support/person.ts'

/** How the page says that somebody is connected. `relayed`: by a relay of the other side's alone. */
export const ROUTES = [
  'direct, on this network',
  'direct, without NAT',
  'direct, through NAT',
  'relayed by UDP',
  'relayed by TCP',
  'relayed by TLS',
  'relayed',
] as const
export type RouteWords = (typeof ROUTES)[number]

/** The way to the other, or why there is none. */
export type Outcome = { readonly route: RouteWords } | { readonly verdict: VerdictCode }

/** Longer than any attempt lasts. */
const PATIENCE = 45_000

const codes = Object.keys(verdictSentences) as VerdictCode[]

/** Where the open connection of a page begins and ends, by its statistics; the page must be severable. */
async function endsOf({ page }: Person): Promise<{ own: string; other: string; by: string } | null> {
  return page.evaluate(async () => {
    const connection = window.earshotConnections?.findLast(({ connectionState }) => connectionState === 'connected')
    const entries = [...((await connection?.getStats())?.values() ?? [])]
    const { selectedCandidatePairId } = entries.find(({ type }) => type === 'transport') ?? {}
    const pair = entries.find(({ id }) => id === selectedCandidatePairId)
    const [local, remote] = [pair?.localCandidateId, pair?.remoteCandidateId].map((wanted) =>
      entries.find(({ id }) => id === wanted),
    )
    if (!local || !remote) return null
    return { own: String(local.candidateType), other: String(remote.candidateType), by: String(local.relayProtocol) }
  })
}

/** The way as statistics have it. */
async function wayOf(person: Person): Promise<string> {
  const ends = await endsOf(person)
  if (ends === null) return 'no connection'
  if (ends.own === 'relay') return `relayed by ${ends.by.toUpperCase()}`
  return ends.other === 'relay' ? 'relayed' : 'direct'
}

/**
 * Waits until the page says by which way `name` is connected, or why they can't be reached. The way must be the true one,
 * and one of `routes`; that may take a moment, as browsers change to a better way when they find one.
 */
export async function outcomeOf(
  person: Person,
  name: string,
  routes: readonly RouteWords[] = ROUTES,
): Promise<Outcome> {
  const way = person.member(name).getByText(/^(direct|relayed)/)
  const trouble = person.status.filter({ hasText: 'directly: ' })
  await way.or(trouble).first().waitFor({ timeout: PATIENCE })
  if ((await way.count()) === 0) return { verdict: verdictIn(await trouble.innerText()) }
  let route: RouteWords | undefined
  await expect(async () => {
    const words = await way.innerText()
    expect(words.replace(/,.*/, ''), `“${words}”, which the page says`).toBe(await wayOf(person))
    route = routes.find((one) => one === words)
    expect(routes, 'the way').toContain(words)
  }).toPass({ timeout: PATIENCE })
  if (route === undefined) throw new Error('There is no way.')
  return { route }
}

function verdictIn(text: string): VerdictCode {
  const verdict = codes.find((code) => text.includes(`directly: ${verdictSentences[code].why}`))
  if (verdict === undefined) throw new Error(`The page says “${text}”, which is no reason.`)
  return verdict
}
