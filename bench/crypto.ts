/** What signing and verifying costs with each implementation of the suite, in one run, round by round in turn. */
import { type Bytes, concat, fromHex, randomBytes } from '../client/crypto/bytes.ts'
import { PKCS8_PREFIX } from '../client/crypto/ed25519.ts'
import { createNobleSuite, nobleIdentity } from '../client/crypto/noble.ts'
import { nodeIdentity, nodeSuite } from '../client/crypto/node.ts'
import { createSubtleSuite, identityOf } from '../client/crypto/subtle.ts'
import { type Entry, signEntry } from '../client/room/entry.ts'
import { verifyEntry } from '../client/room/verify.ts'
import { median, printTable } from './table.ts'

const ENTRIES = 10_000
const ROUNDS = 5
const MESSAGES = 200

async function subtleIdentity(seed: Bytes) {
  const privateKey = await crypto.subtle.importKey('pkcs8', concat(PKCS8_PREFIX, seed), 'Ed25519', false, ['sign'])
  const publicKey = await crypto.subtle.importKey('raw', nodeIdentity(seed).author, 'Ed25519', true, ['verify'])
  return identityOf({ privateKey, publicKey })
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export async function benchCrypto(): Promise<void> {
  const seed = randomBytes(32)
  const [topic, visit] = [randomBytes(32), randomBytes(16)]
  const implementations = [
    { name: 'crypto.subtle', suite: createSubtleSuite(), identity: await subtleIdentity(seed) },
    { name: 'noble', suite: createNobleSuite(), identity: nobleIdentity(seed) },
    { name: 'node:crypto', suite: nodeSuite, identity: nodeIdentity(seed) },
  ].map((implementation) => ({
    ...implementation,
    sign: [] as number[],
    verify: [] as number[],
    history: [] as number[],
  }))

  const fields = (after: Entry | null, seq: number) => ({
    visit,
    seq,
    prev: after && fromHex(after.id),
    clock: seq,
    at: seq,
    kind: 'text',
  })
  const history: Entry[] = []
  for (let seq = 1; seq <= ENTRIES; seq++)
    history.push(
      await signEntry(nodeSuite, topic, nodeIdentity(seed), fields(history.at(-1) ?? null, seq), {
        text: `message ${seq}`,
      }),
    )
  const part = ENTRIES / ROUNDS
  for (let round = 0; round < ROUNDS; round++)
    for (const { suite, identity, sign, verify, history: read } of implementations) {
      const signed: Entry[] = []
      const signing = await time(async () => {
        for (let i = 1; i <= MESSAGES; i++)
          signed.push(await signEntry(suite, topic, identity, fields(null, 1), { text: `message ${i}` }))
      })
      sign.push(signing / MESSAGES)
      const verifying = await time(async () => {
        for (const { wire } of signed) await verifyEntry(suite, topic, wire, 0)
      })
      verify.push(verifying / MESSAGES)
      // As sync does it: a frame's entries at once.
      const entries = history.slice(round * part, (round + 1) * part)
      read.push(
        await time(async () => {
          for (let i = 0; i < entries.length; i += 50)
            await Promise.all(entries.slice(i, i + 50).map(({ wire }) => verifyEntry(suite, topic, wire, 0)))
        }),
      )
    }
  const [first] = implementations
  const base = median(first?.history ?? [])
  printTable(
    `Entries of about 300 bytes, in milliseconds; medians of ${ROUNDS} rounds in turn`,
    ['', 'sign one', 'verify one', `verify a history of ${ENTRIES.toLocaleString('en')}`, 'that against crypto.subtle'],
    implementations.map(({ name, sign, verify, history: read }) => [
      name,
      median(sign).toFixed(2),
      median(verify).toFixed(2),
      (median(read) * ROUNDS).toFixed(0),
      `${(median(read) / base).toFixed(1)} x`,
    ]),
  )
}
