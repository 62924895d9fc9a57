/**
 * Members with real connections, who talk without pause while links are cut, processes killed and started again, and the
 * server is away half of the time. When all that is over, every one of them must show the same.
 */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { roomUrl } from '../support/rooms.ts'
import { Server } from '../support/server.ts'
import { SERVER_AWAY, Watch } from '../support/watch.ts'
import { Cast } from './cast.ts'
import type { Member } from './member.ts'
import { type Plan, scheduleOf, type TimedFault } from './schedule.ts'
import { apartProblems, diedWithTheirHolders, problemsOf } from './verdict.ts'

export interface ChaosOptions extends Plan {
  /** A line for whoever waits. */
  say(line: string): void
  /** Keep the event logs although all is well. */
  readonly keep?: boolean
  /** Ends it at once. Nothing is left running. */
  readonly signal?: AbortSignal
}

export interface Outcome {
  /** What is wrong, in sentences. */
  readonly problems: readonly string[]
  /** How often each kind of fault was really struck. */
  readonly struck: Readonly<Partial<Record<TimedFault['kind'], number>>>
  /** How many messages were said. */
  readonly said: number
  /** Messages of those who died that nobody has: nobody else had them, or only others who died. */
  readonly lost: number
  /** Share of the time without the server. */
  readonly away: number
  /** How long it took after the last fault until all was as it must be, in milliseconds. */
  readonly settled: number
  /** Where the event logs are. It is gone when all is well. */
  readonly folder: string
}

/** How long it may take until all have come together, and until all is settled, in milliseconds. */
const GATHER_LIMIT = 60_000
const SETTLE_LIMIT = 150_000
const PROGRESS_INTERVAL = 10_000

/** What pages say of it that their network is gone. */
const UNPLUGGED = /net::ERR_(INTERNET_DISCONNECTED|EMPTY_RESPONSE|NETWORK_CHANGED)/

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Runs it once. @throws when it is aborted, or what it needs doesn't start */
export async function chaos(options: ChaosOptions): Promise<Outcome> {
  const { seed, peers, pages } = options
  const folder = join('test-results', `chaos-${seed}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const watch = new Watch()
  watch.expect(...SERVER_AWAY, UNPLUGGED)
  const server = await Server.start()
  let cast: Cast | null = null
  try {
    cast = await Cast.create({ url: roomUrl(server.url, 'chaos'), peers, folder, watch })
    for (let slot = 0; slot < peers + pages; slot++) cast.arrive(slot)
    const outcome = await new Chaos(options, folder, server, cast, watch).run()
    if (outcome.problems.length === 0 && !options.keep) rmSync(folder, { recursive: true, force: true })
    return outcome
  } finally {
    watch.stop()
    await cast?.end()
    await server.kill()
  }
}

class Chaos {
  readonly #struck: Partial<Record<TimedFault['kind'], number>> = {}
  #awaySince = 0
  #away = 0
  #saidAt = performance.now()
  #serverIsReady: Promise<void> = Promise.resolve()

  constructor(
    private readonly options: ChaosOptions,
    private readonly folder: string,
    private readonly server: Server,
    private readonly cast: Cast,
    private readonly watch: Watch,
  ) {}

  async run(): Promise<Outcome> {
    const { seed, length, say } = this.options
    const gathered = await this.#until(GATHER_LIMIT, async () => apartProblems(await this.cast.survivors(false)))
    if (gathered.problems.length > 0) return this.#outcome(['They never came together.', ...gathered.problems], 0)
    say(`All came together in ${seconds(gathered.took)}. Now ${length / 1000} s of faults, seed ${seed}.`)
    const start = performance.now()
    await this.#strikeAll(start)
    this.#log({ what: 'no more faults' })
    say(`No more faults. ${this.#state(start)}`)
    const end = performance.now()
    await this.#serverIsReady
    await this.cast.arrived()
    await this.cast.calm()
    const { problems } = await this.#until(SETTLE_LIMIT, async () => {
      const quick = await this.#problems(false)
      return quick.length > 0 ? quick : this.#problems(true)
    })
    return this.#outcome(problems, performance.now() - end)
  }

  /** Strikes every fault at its time. */
  async #strikeAll(start: number): Promise<void> {
    for (const fault of scheduleOf(this.options)) {
      for (;;) {
        this.options.signal?.throwIfAborted()
        const now = performance.now() - start
        this.#progress(() => this.#state(start))
        if (now >= fault.at) break
        await wait(Math.min(100, fault.at - now))
      }
      const whom = await this.#strike(fault)
      if (whom !== null) this.#struck[fault.kind] = (this.#struck[fault.kind] ?? 0) + 1
      this.#log({ ...fault, whom })
    }
  }

  /** Says whom it struck, or null when there was nobody. */
  async #strike(fault: TimedFault): Promise<string | null> {
    if (fault.kind === 'server-off') {
      this.#serve(async () => {
        this.#awaySince = performance.now()
        await (fault.how === 'kill' ? this.server.kill() : this.server.stop())
      })
      return 'server'
    }
    if (fault.kind === 'server-on') {
      this.#serve(async () => {
        await this.server.restart()
        this.#away += performance.now() - this.#awaySince
      })
      return 'server'
    }
    if (fault.kind === 'start') return this.cast.arrive(fault.slot)
    const member = this.cast.at(fault.slot)
    if (!member) return null
    if ('other' in fault) return this.#cut(fault.kind, member, this.cast.at(fault.other))
    if (fault.kind === 'kill') await this.cast.kill(member)
    else await member.setPlugged(fault.kind === 'plug')
    return member.life
  }

  /** Does something with the server once that before it is done. Other faults don't wait for it. */
  #serve(what: () => Promise<void>): void {
    this.#serverIsReady = this.#serverIsReady.then(what)
    // Whoever waits for it hears of it; until then it is no error that nobody handles.
    this.#serverIsReady.catch(() => {})
  }

  async #cut(how: 'close' | 'mute', member: Member, other: Member | undefined): Promise<string | null> {
    const mine = await member.ends()
    const others = this.cast.members.filter((each) => each !== member)
    // Where there is no link to the one that was meant, another one does.
    for (const each of [...(other ? [other] : []), ...others]) {
      const theirs = await each.ends()
      const link = mine.find(
        (end) => end.isOpen && theirs.some((its) => its.isOpen && its.local === end.remote && its.remote === end.local),
      )
      if (!link) continue
      await member.cut(how, link.id)
      return `${member.life} and ${each.life}`
    }
    return null
  }

  /** What is wrong now. */
  async #problems(whole: boolean): Promise<string[]> {
    return problemsOf(await this.cast.survivors(whole), this.cast.ledger.lives)
  }

  /** Looks once in a while until nothing is wrong any more, or it took too long. */
  async #until(limit: number, look: () => Promise<string[]>): Promise<{ problems: string[]; took: number }> {
    const start = performance.now()
    for (;;) {
      this.options.signal?.throwIfAborted()
      const problems = await look().catch((error) => [String(error)])
      const took = performance.now() - start
      if (problems.length === 0 || took > limit) return { problems, took }
      this.#progress(() => `Not yet: ${problems[0]}`)
      await wait(1_000)
    }
  }

  async #outcome(problems: readonly string[], settled: number): Promise<Outcome> {
    const { ledger, faults } = this.cast
    const all = [...problems, ...faults, ...this.watch.faults]
    for (const problem of all) this.#log({ problem })
    const lost = all.length > 0 ? [] : diedWithTheirHolders(await this.cast.survivors(true), ledger.lives)
    return {
      problems: all,
      struck: this.#struck,
      said: ledger.count,
      lost: lost.length,
      away: this.#away / this.options.length,
      settled,
      folder: this.folder,
    }
  }

  /** How it goes, in a line. */
  #state(start: number): string {
    const { cast, options } = this
    const server = this.#awaySince > 0 && !this.server.isRunning ? 'server away' : 'server there'
    const struck = Object.entries(this.#struck).map(([kind, times]) => `${kind} ${times}`)
    return [
      `${Math.round((performance.now() - start) / 1000)} of ${options.length / 1000} s`,
      server,
      `${cast.members.length} members`,
      `${cast.ledger.count} messages`,
      ...struck,
    ].join(', ')
  }

  #progress(line: () => string): void {
    if (performance.now() - this.#saidAt < PROGRESS_INTERVAL) return
    this.#saidAt = performance.now()
    this.options.say(line())
  }

  #log(event: object): void {
    const line = JSON.stringify({ time: new Date().toISOString().slice(11, 23), ...event })
    appendFileSync(join(this.folder, 'faults.jsonl'), `${line}\n`)
  }
}
