/** Input that is not the Redis protocol. The message is what Redis answers before it hangs up. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

type Parsed = { kind: 'request'; words: string[]; end: number } | { kind: 'incomplete'; needed: number }

const MAX_WORDS = 1024 * 1024
const MAX_WORD_LENGTH = 512 * 1024 * 1024
const MAX_INLINE_LENGTH = 64 * 1024

/**
 * Cuts what a client sends into requests: arrays of bulk strings, or plain lines as typed into a terminal. A byte becomes
 * a character (U+0000 to U+00FF), so that any data passes unharmed.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/#sending-commands-to-a-redis-server
 */
export class RequestReader {
  #chunks: Buffer[] = []
  #length = 0
  #needed = 1

  /** Takes the next bytes and returns the requests that they complete. @throws ProtocolError */
  push(chunk: Buffer): string[][] {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return []
    const buffer = Buffer.concat(this.#chunks)
    const requests: string[][] = []
    let start = 0
    for (;;) {
      const parsed = parseRequest(buffer.subarray(start))
      if (parsed.kind === 'incomplete') {
        this.#keep(buffer.subarray(start), parsed.needed)
        return requests
      }
      if (parsed.words.length > 0) requests.push(parsed.words)
      start += parsed.end
    }
  }

  /** A large value comes in many pieces; joining them only when it is complete keeps that linear. */
  #keep(rest: Buffer, needed: number): void {
    this.#chunks = [rest]
    this.#length = rest.length
    this.#needed = needed
  }
}

function parseRequest(buffer: Buffer): Parsed {
  if (buffer.length === 0) return { kind: 'incomplete', needed: 1 }
  const lineEnd = buffer.indexOf('\n')
  if (lineEnd === -1) {
    if (buffer.length > MAX_INLINE_LENGTH) throw new ProtocolError('ERR Protocol error: too big inline request')
    return { kind: 'incomplete', needed: buffer.length + 1 }
  }
  const line = buffer.toString('latin1', 0, lineEnd).replace(/\r$/, '')
  if (!line.startsWith('*')) {
    return { kind: 'request', words: line.split(/\s+/).filter((word) => word !== ''), end: lineEnd + 1 }
  }
  return parseWords(buffer, lineEnd + 1, countOf(line, MAX_WORDS, 'multibulk'))
}

function parseWords(buffer: Buffer, start: number, count: number): Parsed {
  const words: string[] = []
  let position = start
  while (words.length < count) {
    const lineEnd = buffer.indexOf('\n', position)
    if (lineEnd === -1) return { kind: 'incomplete', needed: buffer.length + 1 }
    const line = buffer.toString('latin1', position, lineEnd).replace(/\r$/, '')
    if (!line.startsWith('$')) throw new ProtocolError(`ERR Protocol error: expected '$', got '${line.slice(0, 1)}'`)
    const end = lineEnd + 1 + countOf(line, MAX_WORD_LENGTH, 'bulk')
    if (buffer.length < end + 2) return { kind: 'incomplete', needed: end + 2 }
    words.push(buffer.toString('latin1', lineEnd + 1, end))
    position = end + 2
  }
  return { kind: 'request', words, end: position }
}

function countOf(line: string, max: number, what: string): number {
  const count = Number(line.slice(1))
  const isValid = /^-?\d+$/.test(line.slice(1)) && count <= max && (count >= 0 || what === 'multibulk')
  if (!isValid) throw new ProtocolError(`ERR Protocol error: invalid ${what} length`)
  return Math.max(0, count)
}
