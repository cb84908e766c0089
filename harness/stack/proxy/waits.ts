/** Those who wait for as long as the hooks are set. */
export class Waits {
  readonly #wakes = new Set<() => void>()

  /** Has `wake` called when all are woken, once; returns what takes that back. */
  add(wake: () => void): () => void {
    this.#wakes.add(wake)
    return () => void this.#wakes.delete(wake)
  }

  wakeAll(): void {
    const wakes = [...this.#wakes]
    this.#wakes.clear()
    for (const wake of wakes) wake()
  }
}
