import { deriveSecrets, type RoomSecrets } from '../crypto/secrets.ts'
import { parseRoomUrl, type RoomAddress } from '../net/room-url.ts'
import { type Path, SimulatedNetwork } from '../net/simulated-transport.ts'
import { seededRandom, VirtualTime } from '../net/virtual-time.ts'
import { newRoomUrl } from '../room/new-room.ts'
import { type Message, RoomError } from '../room/types.ts'
import { changeSomething, SPARE } from './changing.ts'
import { Person } from './person.ts'
import { platform } from './platform.ts'
import type { Deed, Scenario } from './scenario.ts'
import { SimulatedServer } from './server.ts'
import type { Trace } from './trace.ts'
import type { Visit } from './visit.ts'

/** Of a way between two machines where nothing is wrong. */
const ORDINARY: Partial<Path> = { delay: 5, jitter: 20 }

/** A room full of people, their network and their server, in virtual time. */
export class Simulation {
  readonly time: VirtualTime
  readonly network: SimulatedNetwork
  readonly server: SimulatedServer
  readonly people: readonly Person[]
  readonly trace: Trace
  /** What went wrong so far, a sentence each. */
  readonly problems: string[] = []
  /** The server went for good. */
  isServerGone = false
  readonly #url: string
  readonly #address: RoomAddress
  readonly #secrets: Promise<RoomSecrets>
  readonly #random: () => number
  /** What ends faults that last. */
  readonly #mends = new Set<() => void>()
  /** Own messages, by id, that a visit was told are delivered. */
  readonly #delivered = new Set<string>()
  /** How much of each chain each visit held. */
  readonly #held = new Map<string, number>()
  #seeds: number

  constructor(scenario: Scenario, trace: Trace) {
    this.trace = trace
    this.#seeds = scenario.seed * 1_000
    this.#random = seededRandom(scenario.seed + 77)
    this.time = new VirtualTime(scenario.seed)
    trace.time = this.time
    this.network = new SimulatedNetwork(this.time)
    this.server = new SimulatedServer(this.time)
    this.#url = newRoomUrl('http://server.test')
    const parsed = parseRoomUrl(this.#url)
    if (!parsed.ok) throw new Error('the URL of a new room can be read')
    this.#address = parsed.address
    this.#secrets = deriveSecrets(platform.suite, { name: parsed.address.name, key: parsed.address.key })
    this.people = Array.from(
      { length: scenario.people },
      (_, number) => new Person(number, this.network.place(), scenario.limits[number] ?? null),
    )
    this.#ordinaryPaths()
  }

  /** Pages that are open. */
  get here(): readonly Visit[] {
    return this.people.flatMap(({ visits }) => visits.filter(({ isHere }) => isHere))
  }

  /** Does what a scenario says. What can't be done at the moment, such as leaving when one isn't there, isn't. */
  act(deed: Deed): void {
    this.trace.note('deed', JSON.stringify(deed))
    switch (deed.do) {
      case 'join':
        this.#join(this.#person(deed.who))
        break
      case 'leave':
        this.#leave(this.#person(deed.who), deed.hurry)
        break
      case 'reload':
        if (this.#awake(deed.who).length === 0) break
        this.#leave(this.#person(deed.who), true)
        this.#join(this.#person(deed.who))
        break
      case 'crash':
        this.#crash(this.#person(deed.who), deed)
        break
      case 'say':
        this.#say(deed.who, deed.count, deed.length)
        break
      case 'rename':
        for (const visit of this.#awake(deed.who).slice(0, 1)) visit.room.setName(this.#person(deed.who).newName())
        break
      case 'change': {
        const visits = this.#awake(deed.who)
        const visit = visits[deed.what % visits.length]
        if (visit) changeSomething(visit, deed.what)
        break
      }
      case 'type':
        for (const visit of this.#awake(deed.who).slice(0, 1)) visit.room.setTyping(true)
        break
      case 'lie':
        for (const visit of this.#awake(deed.who).slice(0, 1)) {
          visit.liar.lieAt(`${visit.label}:${visit.said.length} `)
          this.#say(deed.who, 2, 20)
        }
        break
      case 'cut':
        this.#during(deed.ms, this.network.cut(this.#person(deed.who).place, this.#person(deed.other).place))
        break
      case 'mute':
        this.#during(deed.ms, this.network.mute(this.#person(deed.who).place, this.#person(deed.other).place))
        break
      case 'split':
        this.#split(new Set(deed.side), deed.ms)
        break
      case 'unroute':
        this.network.breakRoutes(this.#person(deed.who).place, this.#person(deed.other).place)
        break
      case 'move':
        this.#move(this.#person(deed.who), deed.told)
        break
      case 'sleep':
        this.#sleep(this.#person(deed.who), deed)
        break
      case 'lay':
        this.network.lay(this.#person(deed.who).place, this.#person(deed.other).place, deed)
        break
      case 'restart':
        this.#restart(deed.ms, deed.graceful)
        break
      case 'bury':
        this.isServerGone = true
        if (this.server.isUp) this.server.stop(true)
        break
      case 'disconnect':
        for (const { access } of this.#person(deed.who).here) this.server.break(access, deed.half)
        break
      case 'stall': {
        const person = this.#person(deed.who)
        person.stalls++
        this.#during(deed.ms, () => person.stalls--)
        break
      }
      case 'lose':
        this.server.loss = deed.part
        this.#during(deed.ms, () => {
          this.server.loss = 0
        })
        break
      case 'fill': {
        const { disk } = this.#person(deed.who)
        disk.isFull = true
        this.#person(deed.who).hadFullDisk = true
        this.#during(deed.ms, () => {
          disk.isFull = false
        })
        break
      }
      case 'drag': {
        const { disk } = this.#person(deed.who)
        disk.slowness = deed.slowness
        this.#during(deed.ms, () => {
          disk.slowness = 30
        })
        break
      }
      case 'clock':
        for (const { time } of this.#person(deed.who).visits) time.ahead = deed.ahead
        this.#person(deed.who).ahead = deed.ahead
        break
    }
  }

  /** Notes what is held by whom, and whether anything that was is missing. */
  watchLogs(): void {
    for (const visit of this.here)
      for (const [chain, { entries, fork }] of visit.log.chains) {
        const key = `${visit.label} ${chain}`
        const held = visit.isThinned ? visit.log.last(chain) : entries.length
        if (!fork && held < (this.#held.get(key) ?? 0)) this.problems.push(`${visit.label} lost an entry`)
        this.#held.set(key, held)
      }
  }

  /** Ends all faults, now. */
  mend(): void {
    this.trace.note('deed', 'all faults end')
    for (const mend of [...this.#mends]) mend()
    this.#ordinaryPaths()
  }

  #person(number: number): Person {
    const person = this.people[number]
    if (!person) throw new RangeError(`there is no person ${number}`)
    return person
  }

  #join(person: Person): void {
    if (person.isAsleep || person.here.length >= 2) return
    person.visit({
      simulation: this,
      secrets: this.#secrets,
      seed: ++this.#seeds,
      url: this.#url,
      address: this.#address,
      events: {
        message: (visit, message) => this.#message(visit, message),
        error: (visit, error) => this.#error(visit, error),
        told: (visit, what) => this.trace.note(visit.label, what),
      },
    })
  }

  #leave(person: Person, hurry: boolean): void {
    const [visit] = person.here
    if (!visit || person.isAsleep) return
    const left = visit.room.leave({ hurry }).then(() => this.network.remove(visit.host))
    visit.endedAt = this.time.now()
    void left
  }

  #crash(person: Person, { wiped, silent }: { wiped: boolean; silent: boolean }): void {
    for (const visit of person.here) {
      visit.endedAt = this.time.now()
      visit.hasCrashed = true
      visit.time.switchOff()
      this.network.remove(visit.host)
      if (!silent) this.server.break(visit.access, false)
    }
    if (person.isAsleep) this.#wakeUp(person, false)
    if (wiped) person.wipe()
  }

  /** The pages of somebody on which something can be done now. */
  #awake(who: number): readonly Visit[] {
    const person = this.#person(who)
    return person.isAsleep ? [] : person.here
  }

  #say(who: number, count: number, length: number): void {
    const visits = this.#awake(who)
    const visit = visits[count % visits.length]
    if (!visit) return
    for (let i = 0; i < count; i++) {
      const text = `${visit.label}:${visit.said.length} `
      const before = visit.room.messages.at(-1)?.text.trim().split(' ')[0]
      if (!this.#send(visit, text.padEnd(length, '.'))) return
      visit.saidAfter.push(before)
      visit.said.push(text)
    }
  }

  /** False when a page of a small log has said all that it may. */
  #send(visit: Visit, text: string): boolean {
    try {
      visit.room.send(text)
      return true
    } catch (error) {
      if (visit.isThinned && error instanceof RoomError && error.code === 'full') return false
      throw error
    }
  }

  #split(side: ReadonlySet<number>, ms: number): void {
    for (const [number, one] of this.people.entries())
      for (const [otherNumber, other] of this.people.entries())
        if (number < otherNumber && side.has(number) !== side.has(otherNumber))
          this.#during(ms, this.network.cut(one.place, other.place))
  }

  #move(person: Person, told: boolean): void {
    for (const visit of person.here) {
      this.network.move(visit.host)
      this.server.break(visit.access, true)
      if (told && !person.isAsleep) visit.room.wake()
    }
  }

  #sleep(person: Person, { ms, told }: { ms: number; told: boolean }): void {
    if (person.isAsleep || person.here.length === 0) return
    person.isAsleep = true
    for (const visit of person.here) {
      visit.time.sleep()
      this.network.stop(visit.host)
    }
    this.#during(ms, () => this.#wakeUp(person, told))
  }

  #wakeUp(person: Person, told: boolean): void {
    if (!person.isAsleep) return
    person.isAsleep = false
    this.trace.note(person.name, 'wakes')
    for (const visit of person.here) {
      this.network.resume(visit.host)
      visit.time.wake()
      if (told) visit.room.wake()
    }
  }

  #restart(ms: number, graceful: boolean): void {
    if (!this.server.isUp) return
    this.server.stop(graceful)
    this.#during(ms, () => {
      if (!this.isServerGone) this.server.start()
    })
  }

  /** Calls `mend` after a while, or when all faults end. */
  #during(ms: number, mend: () => void): void {
    const once = () => {
      cancel()
      if (this.#mends.delete(once)) mend()
    }
    this.#mends.add(once)
    const cancel = this.time.after(ms, once)
  }

  #ordinaryPaths(): void {
    for (const { place: a } of this.people) for (const { place: b } of this.people) this.network.lay(a, b, ORDINARY)
  }

  #message(visit: Visit, message: Message): void {
    this.trace.note(visit.label, `message ${message.id?.slice(0, 8)} ${message.state} ${message.text.slice(0, 12)}`)
    const { id } = message
    const text = message.text.trim()
    const isLasting = !message.deleted && !text.startsWith(SPARE)
    if (message.mine && isLasting && message.state !== 'sending' && !visit.safe.has(text))
      visit.safe.set(text, this.time.now())
    if (visit.liar.hasLied || !message.mine || message.state !== 'delivered' || id === null) return
    const key = `${visit.label} ${id}`
    if (this.#delivered.has(key)) return
    this.#delivered.add(key)
    this.#checkDelivered(visit, id)
  }

  /** Whoever counts as being there for its author holds a message that is said to be delivered. */
  #checkDelivered(author: Visit, id: string): void {
    const { chains } = author.log
    const own = [...chains].filter(([chain]) => chain.startsWith(author.room.me.id))
    const found = own.find(([, { entries }]) => entries.some((entry) => entry.id === id))
    if (!found) return
    const [chain, { entries }] = found
    const seq = entries.findIndex((entry) => entry.id === id) + 1
    // All of a chain may be thinned.
    for (const other of this.here)
      if (
        author.counted.includes(other.peer) &&
        !other.holds(chain, seq) &&
        !(other.isThinned && other.log.last(chain) === 0)
      )
        this.problems.push(`${author.label} was told that ${id.slice(0, 8)} is delivered, and ${other.label} lacks it`)
  }

  #error(visit: Visit, error: RoomError): void {
    this.trace.note(visit.label, `error ${error.code}: ${error.message}`)
    // What a liar is told is nobody's concern.
    const hadFullDisk = this.people.some((person) => person.hadFullDisk && person.visits.includes(visit))
    const isFork = error.code === 'forked' && this.people.some((person) => person.hasLied)
    const isFull = error.code === 'full' && visit.isThinned
    const isExpected = visit.liar.hasLied || isFork || isFull || (error.code === 'store' && hadFullDisk)
    if (!isExpected) this.problems.push(`${visit.label} was told of an error: ${error.message}`)
  }

  /** A number from 0 to 1 for what is no part of the scenario. */
  random(): number {
    return this.#random()
  }
}
