/** The members: who is there, who comes next, and what they show. */

import { pageScript } from '../support/page-script.ts'
import type { Watch } from '../support/watch.ts'
import { Ledger } from './ledger.ts'
import type { Member } from './member.ts'
import { buildPeer, NodeMember } from './node-member.ts'
import { PageMember } from './page-member.ts'
import type { Survivor } from './verdict.ts'
import type { Report, Told } from './wire.ts'

/** Milliseconds between two messages. */
const PEER_SPEAKS_EVERY = 330
const PAGE_SPEAKS_EVERY = 500

export interface CastOptions {
  readonly url: string
  readonly peers: number
  /** For event logs and profiles. */
  readonly folder: string
  readonly watch: Watch
}

export class Cast {
  readonly ledger = new Ledger()
  /** What no member may do, and did. */
  readonly faults: string[] = []
  #members: Member[] = []
  readonly #arriving = new Set<Promise<unknown>>()
  /** How many lives each slot had. */
  readonly #lives = new Map<number, number>()

  private constructor(
    private readonly options: CastOptions,
    private readonly program: string,
    private readonly init: string,
  ) {}

  static async create(options: CastOptions): Promise<Cast> {
    return new Cast(options, await buildPeer(options.folder), await pageScript('e2e/chaos/in-page.ts'))
  }

  get members(): readonly Member[] {
    return this.#members
  }

  at(slot: number): Member | undefined {
    return this.#members.find((member) => member.slot === slot)
  }

  /** Begins another life in a slot where nobody is. Says whose, or null. */
  arrive(slot: number): string | null {
    if (this.at(slot)) return null
    const { peers, url, folder, watch } = this.options
    const number = (this.#lives.get(slot) ?? 0) + 1
    this.#lives.set(slot, number)
    const isPage = slot >= peers
    const who = isPage ? `Page${slot - peers + 1}` : `Peer${slot + 1}`
    const life = `${who}.${number}`
    const options = {
      url,
      // A page comes back with the identity that its profile keeps, a process with another one.
      name: isPage ? who : life,
      life,
      slot,
      every: isPage ? PAGE_SPEAKS_EVERY : PEER_SPEAKS_EVERY,
      folder,
      told: (told: Told) => this.#told(life, told),
    }
    const member = isPage ? new PageMember(this.init, watch, options) : new NodeMember(this.program, options)
    this.#members.push(member)
    this.ledger.begin({ life, name: options.name, hasDisk: isPage })
    const arriving = member
      .start()
      .catch((error) => this.faults.push(`${life} could not start: ${String(error).split('\n')[0]}`))
    this.#arriving.add(arriving)
    void arriving.finally(() => this.#arriving.delete(arriving))
    return life
  }

  async kill(member: Member): Promise<void> {
    this.#members = this.#members.filter((each) => each !== member)
    await member.kill()
    this.ledger.end(member.life)
  }

  /** Waits until nobody is on the way any more. */
  async arrived(): Promise<void> {
    await Promise.all(this.#arriving)
  }

  /** Everybody's network is there again, and nobody says anything any more. */
  async calm(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.setPlugged(true)))
    await Promise.all(this.#members.map((member) => member.hush()))
  }

  /** What everybody shows. Unless it is to be the `whole`, what a page doesn't draw is taken from another member. */
  async survivors(whole: boolean): Promise<Survivor[]> {
    const survivors = await Promise.all(
      this.#members.map(async (member) => {
        const [report, ends] = await Promise.all([member.report(whole), member.ends()])
        return { name: member.name, life: member.life, slot: member.slot, report, ends }
      }),
    )
    const known = survivors.find(({ slot }) => slot < this.options.peers)?.report
    if (whole || !known) return survivors
    return survivors.map((survivor) =>
      survivor.slot < this.options.peers ? survivor : { ...survivor, report: completed(survivor.report, known) },
    )
  }

  async end(): Promise<void> {
    await Promise.all(this.#members.map((member) => this.kill(member)))
    await this.arrived()
  }

  #told(life: string, told: Told): void {
    if (told.told === 'message') this.ledger.shows(life, told.text, told.state, told.holders)
    if (told.told === 'fault') this.faults.push(told.what)
  }
}

/** The end of a list with another's beginning before it. */
function completed(end: Report, { messages }: Report): Report {
  const missing = messages.slice(0, Math.max(0, messages.length - end.messages.length))
  return { ...end, messages: [...missing.map(({ text }) => ({ text, state: 'delivered' as const })), ...end.messages] }
}
