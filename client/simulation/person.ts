import type { RoomSecrets } from '../crypto/secrets.ts'
import { seededRandom } from '../net/virtual-time.ts'
import { Disk } from './disk.ts'
import { Liar } from './liar.ts'
import { LocalTime } from './local-time.ts'
import { platform } from './platform.ts'
import type { Access } from './server.ts'
import type { Simulation } from './simulation.ts'
import { Visit, type VisitParts } from './visit.ts'

interface PersonParts {
  readonly simulation: Simulation
  readonly secrets: Promise<RoomSecrets>
  /** Of what is random on this page. */
  readonly seed: number
}

/** Somebody with a machine: what it keeps survives crashes, unless it is wiped. */
export class Person {
  readonly number: number
  /** Where the machine is in the network. */
  readonly place: number
  readonly visits: Visit[] = []
  name: string
  isAsleep = false
  /** How far the machine's clock is ahead of the others'. */
  ahead = 0
  /** Faults that keep the server's answers away at the moment. */
  stalls = 0
  /** What the machine keeps; another one after it was wiped. */
  disk = new Disk()
  /** How many entries they keep at most; null for as many as a real room. */
  readonly limit: number | null
  /** Some disk of theirs was full once: what was said since may be lost with the page. */
  hadFullDisk = false
  #names = 0

  constructor(number: number, place: number, limit: number | null) {
    this.limit = limit
    this.number = number
    this.place = place
    this.name = `P${number}`
  }

  /** Pages that are open. */
  get here(): readonly Visit[] {
    return this.visits.filter(({ isHere }) => isHere)
  }

  get hasLied(): boolean {
    return this.visits.some(({ liar }) => liar.hasLied)
  }

  newName(): string {
    this.name = `P${this.number}.${++this.#names}`
    return this.name
  }

  /** Forgets all that the machine keeps: who comes next is somebody else. */
  wipe(): void {
    this.disk = new Disk()
  }

  /** Opens the room in one more page. */
  visit(parts: Pick<VisitParts, 'url' | 'address' | 'events'> & PersonParts): Visit {
    const { simulation, secrets, seed, url, address, events } = parts
    const label = `${this.number}${String.fromCharCode(97 + this.visits.length)}`
    const time = new LocalTime(simulation.time, seed, this.ahead)
    const store = this.disk.storeFor(time)
    const person = this
    let visit: Visit | null = null
    const access: Access = {
      time,
      delay: () => 3 + Math.floor(simulation.random() * 40),
      get isStalled() {
        return person.stalls > 0
      },
      get isDeaf() {
        return !time.isAwake || visit?.hasCrashed === true
      },
    }
    const identity = Promise.resolve(store.identity(() => platform.keys.create())).then(platform.keys.open)
    visit = new Visit({
      label,
      limit: this.limit,
      name: this.name,
      url,
      address,
      store,
      disk: this.disk,
      time,
      startedAt: simulation.time.now(),
      host: simulation.network.host(time, this.place),
      access,
      WebSocket: simulation.server.webSocket(access),
      liar: new Liar(
        Promise.all([identity, secrets]).then(([identity, { topic }]) => ({ identity, topic })),
        seededRandom(seed),
      ),
      events,
    })
    this.visits.push(visit)
    return visit
  }
}
