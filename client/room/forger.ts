/** Members who don't play by the rules, for tests. */
import { type Bytes, fromHex, randomBytes, toHex } from '../crypto/bytes.ts'
import { nodeIdentity, nodeSuite } from '../crypto/node.ts'
import type { Identity } from '../crypto/suite.ts'
import type { Frame } from '../net/frame.ts'
import { chainOf, type Entry, signEntry } from './entry.ts'
import { TICKS } from './hybrid-clock.ts'
import { peerAt, type SimulatedPeer, TOPIC } from './simulated-peer.ts'

/** A member who signs whatever it likes. */
export class Forger {
  readonly identity: Identity
  readonly visit: Bytes
  readonly id: string
  readonly chain: string
  #clock: number

  constructor(now: number, seed: number, visit = randomBytes(16)) {
    this.identity = nodeIdentity(new Uint8Array(32).fill(seed))
    this.visit = visit
    this.id = toHex(visit)
    this.chain = chainOf(this.identity.author, visit)
    this.#clock = now * TICKS
  }

  sign(after: Entry | null, text: string, change: Partial<Entry['header']> = {}, topic = TOPIC): Promise<Entry> {
    const fields = {
      visit: this.visit,
      seq: (after?.header.seq ?? 0) + 1,
      prev: after && fromHex(after.id),
      clock: ++this.#clock,
      at: 0,
      kind: 'text',
      ...change,
    }
    return signEntry(nodeSuite, topic, this.identity, fields, { text })
  }

  async chainOfTexts(texts: readonly string[], after: Entry | null = null): Promise<Entry[]> {
    const entries: Entry[] = []
    for (const text of texts) entries.push(await this.sign(entries.at(-1) ?? after, text))
    return entries
  }
}

/** Opens a link to a member over which a test says what it likes; returns what came back, and the offences. */
export function linkTo(member: SimulatedPeer, forger: { readonly id: string; readonly chain: string }) {
  const heard: Frame[] = []
  const state = { offences: 0 }
  const port = { send: (frame: Frame) => heard.push(frame), unsent: 0, offence: () => state.offences++ }
  member.sync.open(forger.id, forger.chain, port)
  const say = (frame: Frame) => member.sync.receive(forger.id, frame)
  const tell = (entries: readonly Entry[]) => say({ type: 'entries', entries: entries.map(({ wire }) => wire) })
  return { heard, state, say, tell }
}

/** Links members in a row, so that most hear of most over others. */
export function linkInRow(peers: readonly SimulatedPeer[]): void {
  for (const [index, peer] of peers.slice(1).entries()) peer.link(peerAt(peers, index))
}
