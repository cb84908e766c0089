/** Keeps the first bytes of something that passes by, without copying, up to a limit. */
export class Tape {
  #chunks: (Uint8Array | string)[] | undefined
  readonly #limit: number
  #left: number
  #cut = false

  /** @param limit how many bytes are kept */
  constructor(limit: number) {
    this.#limit = limit
    this.#left = limit
  }

  /** Whether more has passed by than was kept. */
  get cut(): boolean {
    return this.#cut
  }

  /** How many bytes are kept. */
  get length(): number {
    return this.#limit - this.#left
  }

  add(chunk: Uint8Array | string): void {
    if (chunk.length === 0) return
    const size = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length
    if (size > this.#left) this.#cut = true
    if (this.#left === 0) return
    const kept = size > this.#left ? bytesOf(chunk).subarray(0, this.#left) : chunk
    this.#left -= Math.min(size, this.#left)
    if (this.#chunks) this.#chunks.push(kept)
    else this.#chunks = [kept]
  }

  bytes(): Buffer {
    return this.#chunks ? Buffer.concat(this.#chunks.map(bytesOf)) : empty
  }
}

function bytesOf(chunk: Uint8Array | string): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk)
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}

const empty = Buffer.alloc(0)
