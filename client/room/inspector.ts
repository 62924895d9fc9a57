import type { AttemptLog } from '../net/attempt-log.ts'
import type { Mesh } from '../net/mesh.ts'
import type { PathWatch } from '../net/path-watch.ts'
import type { Time } from '../net/time.ts'
import { timelineOf } from '../net/timeline.ts'
import type { Verdict } from '../net/verdict.ts'
import type { Members } from './members.ts'
import type { InspectedVisit, Inspection } from './types.ts'

/** How often what is looked at is told anew, in milliseconds. */
const INTERVAL = 500
/** Visits of whom nothing but an id is known, that are shown: anybody can make ids up. */
const MOST_UNMET = 8
/** Digits of a peer id that are told: enough to tell one's pages apart. */
const ID_DIGITS = 8

export interface InspectorParts {
  readonly mesh: Mesh
  readonly members: Members
  readonly time: Time
  /** What was found of an attempt that led to nothing. */
  verdictOf(log: AttemptLog): Verdict | null
}

/** Tells how one is connected to a member, again and again, until `stop`. Only meanwhile anything is asked of the connections. */
export class Inspector {
  readonly #parts: InspectorParts
  readonly #who: string | null
  readonly #tell: (inspection: Inspection) => void
  readonly #watched = new Map<PathWatch, () => void>()
  #cancelTimer = () => {}

  /** @param who a member's id; null for those who have not introduced themselves yet */
  constructor(parts: InspectorParts, who: string | null, tell: (inspection: Inspection) => void) {
    this.#parts = parts
    this.#who = who
    this.#tell = tell
    this.#look()
  }

  stop(): void {
    this.#cancelTimer()
    for (const unwatch of this.#watched.values()) unwatch()
    this.#watched.clear()
  }

  #look(): void {
    const { mesh, members, time } = this.#parts
    const peers = this.#who === null ? mesh.unmet.slice(0, MOST_UNMET) : members.visitsOf(this.#who)
    this.#watch(peers)
    this.#cancelTimer = time.after(INTERVAL, () => this.#look())
    this.#tell({ visits: peers.flatMap((peer) => this.#visit(peer) ?? []) })
  }

  #watch(peers: readonly string[]): void {
    const paths = new Set(peers.flatMap((peer) => this.#parts.mesh.pair(peer)?.links.open?.path ?? []))
    for (const [path, unwatch] of this.#watched) {
      if (paths.has(path)) continue
      unwatch()
      this.#watched.delete(path)
    }
    for (const path of paths) if (!this.#watched.has(path)) this.#watched.set(path, path.watch())
  }

  #visit(peer: string): InspectedVisit | null {
    const { mesh, verdictOf } = this.#parts
    const pair = mesh.pair(peer)
    if (!pair) return null
    const { open, next } = pair.links
    const { asking, failed } = pair.attempts
    const logs = [open?.log, next?.log, asking, failed].filter((log): log is AttemptLog => Boolean(log))
    return {
      visit: peer.slice(0, ID_DIGITS),
      path: open?.path.path ?? null,
      verdict: (!open && failed && verdictOf(failed)) || null,
      attempts: logs.map(timelineOf),
    }
  }
}
