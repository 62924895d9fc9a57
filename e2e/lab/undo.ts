/** What takes away again what is built piece by piece. */
export class Undo {
  readonly #steps: (() => void | Promise<void>)[] = []

  /** Remembers how to take the latest piece away. */
  add(step: () => void | Promise<void>): void {
    this.#steps.push(step)
  }

  /** Takes everything away, the latest first; one that fails keeps none of the others. @throws the first failure */
  async all(): Promise<void> {
    const failures: unknown[] = []
    for (const step of this.#steps.splice(0).reverse())
      try {
        await step()
      } catch (error) {
        failures.push(error)
      }
    if (failures.length > 0) throw failures[0]
  }
}

/** Builds something. What was built of it is taken away again when that fails. */
export async function built<T>(build: (undo: Undo) => Promise<T>): Promise<T & { remove(): Promise<void> }> {
  const undo = new Undo()
  try {
    return { ...(await build(undo)), remove: () => undo.all() }
  } catch (error) {
    await undo.all()
    throw error
  }
}
