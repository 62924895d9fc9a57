/** Typed events. `Events` maps each name to what its handlers are given. */
export class Emitter<Events> {
  readonly #handlers = new Map<keyof Events, Set<(detail: never) => void>>()

  /** Calls `handler` on every such event until the returned function is called. */
  on<E extends keyof Events>(event: E, handler: (detail: Events[E]) => void): () => void {
    const handlers = this.#handlers.get(event) ?? new Set()
    this.#handlers.set(event, handlers)
    handlers.add(handler)
    return () => handlers.delete(handler)
  }

  emit<E extends keyof Events>(event: E, detail: Events[E]): void {
    const handlers = this.#handlers.get(event) as Set<(detail: Events[E]) => void> | undefined
    for (const handler of [...(handlers ?? [])]) {
      // A handler that throws must not keep the others, or the room, from going on.
      try {
        handler(detail)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
