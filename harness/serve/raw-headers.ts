import { standFor } from './stand-for.ts'

/** What stands in a header as it is; anything else is for Headers to trim or refuse. */
const plainName = /^[A-Za-z0-9-]+$/
const plainValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** RFC 9110 §5.3: several values are one list; cookies are told apart in another way (RFC 9113 §8.2.3). */
function separatorOf(name: string): string {
  return name === 'cookie' ? '; ' : ', '
}

/**
 * Headers over names and values in turn, as they stand on the wire. To a caller they are like any others. Making and asking
 * them costs next to nothing; what walks through all of them makes a real Headers for that.
 */
export class RawHeaders {
  /** Names and values in turn: `['Host', 'a', 'Accept', 'b']`. */
  readonly raw: string[]

  constructor(raw: string[]) {
    this.raw = raw
  }

  get(name: string): string | null {
    const wanted = name.toLowerCase()
    let found: string | null = null
    for (let at = this.#find(wanted, 0); at >= 0; at = this.#find(wanted, at + 2)) {
      const value = this.raw[at + 1] ?? ''
      found = found === null ? value : found + separatorOf(wanted) + value
    }
    return found
  }

  has(name: string): boolean {
    return this.#find(name.toLowerCase(), 0) >= 0
  }

  set(name: string, value: string): void {
    const [checkedName, checkedValue] = checked(name, value)
    const at = this.#find(checkedName, 0)
    if (at < 0) return void this.raw.push(checkedName, checkedValue)
    this.raw[at + 1] = checkedValue
    this.#drop(checkedName, at + 2)
  }

  append(name: string, value: string): void {
    this.raw.push(...checked(name, value))
  }

  delete(name: string): void {
    this.#drop(name.toLowerCase(), 0)
  }

  getSetCookie(): string[] {
    return this.snapshot().getSetCookie()
  }

  forEach(...given: Parameters<Headers['forEach']>): void {
    this.snapshot().forEach(...given)
  }

  entries(): ReturnType<Headers['entries']> {
    return this.snapshot().entries()
  }

  keys(): ReturnType<Headers['keys']> {
    return this.snapshot().keys()
  }

  values(): ReturnType<Headers['values']> {
    return this.snapshot().values()
  }

  [Symbol.iterator](): ReturnType<Headers['entries']> {
    return this.snapshot().entries()
  }

  /** A Headers of the runtime, as they are now. */
  snapshot(): Headers {
    const headers = new Headers()
    for (let at = 0; at < this.raw.length; at += 2) headers.append(this.raw[at] ?? '', this.raw[at + 1] ?? '')
    return headers
  }

  /** Where a name (in lower case) stands, from a position on. */
  #find(wanted: string, from: number): number {
    const { raw } = this
    for (let at = from; at < raw.length; at += 2) {
      const name = raw[at] ?? ''
      if (name.length === wanted.length && (name === wanted || name.toLowerCase() === wanted)) return at
    }
    return -1
  }

  #drop(name: string, from: number): void {
    for (let at = this.#find(name, from); at >= 0; at = this.#find(name, at)) this.raw.splice(at, 2)
  }
}

standFor(RawHeaders.prototype, 'Headers')

/** @throws TypeError for what no header may hold, as Headers does. */
function checked(name: string, value: string): [name: string, value: string] {
  if (plainName.test(name) && plainValue.test(value)) return [name.toLowerCase(), value]
  const [[first, second] = ['', '']] = new Headers([[name, value]])
  return [first, second]
}

/** Headers that start with these pairs. */
export function rawHeadersOf(pairs: Iterable<readonly [name: string, value: string]> = []): RawHeaders {
  const headers = new RawHeaders([])
  for (const [name, value] of pairs) headers.append(name, value)
  return headers
}

/** Names and values in turn, of headers of any kind. */
export function rawOf(headers: Headers): string[] {
  const given: object = headers
  return given instanceof RawHeaders ? given.raw : [...headers].flat()
}

/** Names and values in pairs, of headers of any kind. */
export function pairsOf(headers: Headers): readonly (readonly [name: string, value: string])[] {
  const raw = rawOf(headers)
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''])
}
