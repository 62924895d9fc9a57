import type { AttemptLog } from '../net/attempt-log.ts'
import type { Circumstances, Verdict } from '../net/verdict.ts'
import { unreachableText } from '../texts/fault-text.ts'
import type { Inspector, InspectorParts } from './inspector.ts'
import { loadLater } from './late.ts'
import type { Members } from './members.ts'
import type { Status } from './status.ts'
import type { Inspection, RoomError } from './types.ts'

interface ReachParts {
  readonly members: Members
  readonly status: Status
}

/** How others are reached, or why they aren't: judged, and looked at, by what is loaded later. */
export class Reach {
  readonly #parts: ReachParts
  readonly #verdicts = new WeakMap<AttemptLog, Verdict>()
  #inspected: InspectorParts | null = null

  constructor(parts: ReachParts) {
    this.#parts = parts
  }

  /** The room is entered: from now on there can be something to look at. */
  entered(parts: Omit<InspectorParts, 'verdictOf'>): void {
    this.#inspected = { ...parts, verdictOf: (log) => this.#verdicts.get(log) ?? null }
  }

  /** An attempt at a link led to nothing: says why. */
  async failed(peer: string, log: AttemptLog, circumstances: Circumstances): Promise<void> {
    const { members, status } = this.#parts
    try {
      const { judge } = await loadLater()
      const verdict = judge(log, circumstances)
      this.#verdicts.set(log, verdict)
      members.unreached(peer, verdict)
      const name = members.of(peer)?.name ?? null
      if (log.ended?.how !== 'hello') status.unreachable(unreachableText(name, verdict))
    } catch {
      // Without that part of the page it stays with the plain sentence that there is trouble.
    }
  }

  /** See `Room.inspect`. */
  inspect(who: string | null, tell: (inspection: Inspection) => void, warn: (error: RoomError) => void): () => void {
    let inspector: Inspector | null = null
    let isOver = false
    loadLater().then(({ Inspector }) => {
      if (isOver) return
      if (this.#inspected) inspector = new Inspector(this.#inspected, who, tell)
      else tell({ visits: [] })
    }, warn)
    return () => {
      isOver = true
      inspector?.stop()
    }
  }
}
