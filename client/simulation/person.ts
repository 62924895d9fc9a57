import type { RoomAddress } from '../net/room-url.ts'
import { createMemoryStore } from '../store/memory.ts'
import type { Store } from '../store/store.ts'
import { LocalTime } from './local-time.ts'
import type { Access } from './server.ts'
import type { Simulation } from './simulation.ts'
import { Visit, type VisitParts } from './visit.ts'

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
  #store: Store = createMemoryStore()
  #names = 0

  constructor(number: number, place: number) {
    this.number = number
    this.place = place
    this.name = `P${number}`
  }

  /** Pages that are open. */
  get here(): readonly Visit[] {
    return this.visits.filter(({ isHere }) => isHere)
  }

  newName(): string {
    this.name = `P${this.number}.${++this.#names}`
    return this.name
  }

  /** Forgets all that the machine keeps: who comes next is somebody else. */
  wipe(): void {
    this.#store = createMemoryStore()
  }

  /** Opens the room in one more page. */
  visit(parts: Pick<VisitParts, 'url' | 'address' | 'events'> & { simulation: Simulation; seed: number }): Visit {
    const { simulation, seed, url, address, events } = parts
    const label = `${this.number}${String.fromCharCode(97 + this.visits.length)}`
    const time = new LocalTime(simulation.time, seed, this.ahead)
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
    visit = new Visit({
      label,
      name: this.name,
      url,
      address: address satisfies RoomAddress,
      store: this.#store,
      time,
      host: simulation.network.host(time, this.place),
      access,
      WebSocket: simulation.server.webSocket(access),
      events,
    })
    this.visits.push(visit)
    return visit
  }
}
