/** Keeps the first bytes of something that passes by, without copying, up to a limit. */
export class Tape {
  readonly #chunks: Buffer[] = []
  #left: number
  #cut = false

  /** @param limit how many bytes are kept */
  constructor(limit: number) {
    this.#left = limit
  }

  /** Whether more has passed by than was kept. */
  get cut(): boolean {
    return this.#cut
  }

  add(chunk: Buffer): void {
    if (chunk.length > this.#left) this.#cut = true
    if (this.#left === 0 || chunk.length === 0) return
    const kept = chunk.length > this.#left ? chunk.subarray(0, this.#left) : chunk
    this.#chunks.push(kept)
    this.#left -= kept.length
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}
