import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

const MAX_LINES = 1_000
const MAX_LINE_LENGTH = 4_000
const EVIDENCE_LINES = 20

/** The last lines a process wrote, both streams in the order they arrived. Keeps 1000 lines of at most 4000 characters. */
export class ProcessLog {
  readonly #lines: string[] = []
  readonly #listeners = new Set<(line: string) => void>()

  /** Takes everything a stream says, line by line. */
  follow(stream: Readable): void {
    const decoder = new StringDecoder('utf8')
    let rest = ''
    stream.on('data', (chunk: Buffer) => {
      const lines = (rest + decoder.write(chunk)).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) this.#add(line)
      if (rest.length > MAX_LINE_LENGTH) {
        this.#add(rest)
        rest = ''
      }
    })
    stream.on('end', () => {
      if (rest !== '') this.#add(rest)
    })
    stream.on('error', () => {}) // the process is gone; what it said is here
  }

  /** The last lines, oldest first; all that are kept unless a number is given. */
  tail(lines: number = MAX_LINES): string[] {
    return this.#lines.slice(Math.max(0, this.#lines.length - lines))
  }

  /** The last 20 lines, indented, to put below an error message. */
  evidence(): string {
    const lines = this.tail(EVIDENCE_LINES)
    return lines.length === 0 ? '  (it wrote nothing)' : lines.map((line) => `  | ${line}`).join('\n')
  }

  /** Calls back with every line from now on. Returns the way to stop that. */
  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #add(line: string): void {
    const kept = line.slice(0, MAX_LINE_LENGTH)
    this.#lines.push(kept)
    if (this.#lines.length > MAX_LINES) this.#lines.shift()
    for (const listener of this.#listeners) listener(kept)
  }
}
