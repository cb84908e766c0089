/** Wakes one waiter; rung while nobody waits, it wakes the next one at once. */
export class Bell {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Waits for so many milliseconds at most; whether the bell was rung. */
  async heard(patienceMs: number): Promise<boolean> {
    if (!this.#rung) await this.#ringing(patienceMs)
    const rung = this.#rung
    this.#rung = false
    return rung
  }

  async #ringing(patienceMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, patienceMs)
    this.#wake = resolve
    await promise
    this.#wake = undefined
    clearTimeout(timer)
  }
}
