import { validateHeaderName, validateHeaderValue } from './node-http.ts'
import type { HeaderRecord } from './types.ts'

/** Names and values in turn, as they stood on the wire: `['Host', 'a', 'Accept', 'b']`. */
export type RawHeaders = readonly string[]

/** RFC 9110 §7.6.1, and Trailer: the proxy drops trailers, so it must not announce them. */
const HOP_BY_HOP = new Set([
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
  'trailer',
])

/** The name-value pairs of a raw header list. */
export function* pairs(raw: RawHeaders): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at + 1 < raw.length; at += 2) yield [raw[at] ?? '', raw[at + 1] ?? '']
}

/** The values of one header (lower-case name), joined as one list (RFC 9110 §5.3); undefined when it is absent. */
export function headerValue(raw: RawHeaders, name: string): string | undefined {
  let found: string | undefined
  for (let at = 0; at < raw.length; at += 2) {
    const key = raw[at] ?? ''
    if (key.length !== name.length || key.toLowerCase() !== name) continue
    found = found === undefined ? (raw[at + 1] ?? '') : `${found}, ${raw[at + 1] ?? ''}`
  }
  return found
}

/** Whether a list header such as Connection names this token (lower case). */
export function hasToken(raw: RawHeaders, name: string, token: string): boolean {
  return tokens(headerValue(raw, name)).includes(token)
}

/** The headers without the given ones (lower-case names); order, case and repetitions stay. */
export function withoutHeaders(raw: RawHeaders, names: ReadonlySet<string>): string[] {
  const kept: string[] = []
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? ''
    if (!names.has(name.toLowerCase())) kept.push(name, raw[at + 1] ?? '')
  }
  return kept
}

/** The headers that go on to the next hop: all but the hop-by-hop ones and those that Connection names. */
export function endToEnd(raw: RawHeaders): string[] {
  const named = tokens(headerValue(raw, 'connection')).filter((token) => token !== 'keep-alive' && token !== 'close')
  return withoutHeaders(raw, named.length === 0 ? HOP_BY_HOP : new Set([...HOP_BY_HOP, ...named]))
}

/** Raw headers as a record with lower-case names; a repeated header becomes an array. */
export function headerRecord(raw: RawHeaders): HeaderRecord {
  const record: HeaderRecord = {}
  for (let at = 0; at < raw.length; at += 2) {
    const key = (raw[at] ?? '').toLowerCase()
    const value = raw[at + 1] ?? ''
    const before = Object.hasOwn(record, key) ? record[key] : undefined
    const all = before === undefined ? value : [before, value].flat()
    // The one name that would be no property of its own.
    if (key === '__proto__') Object.defineProperty(record, key, { value: all, enumerable: true, configurable: true })
    else record[key] = all
  }
  return record
}

/**
 * A record as raw headers. Names get the case they have in `original` unless the record writes capitals itself; of
 * names that differ in case alone the last wins. Throws a TypeError for a name or value that no message may carry.
 */
export function rawHeaders(record: HeaderRecord, original: RawHeaders): string[] {
  const spelling = new Map([...pairs(original)].map(([name]) => [name.toLowerCase(), name]))
  const merged = new Map<string, readonly [string, string | string[]]>()
  for (const [name, value] of Object.entries(record)) merged.set(name.toLowerCase(), [name, value])
  return [...merged].flatMap(([key, [name, value]]) => {
    const spelled = name === key ? (spelling.get(key) ?? name) : name
    return [value].flat().flatMap((one) => [...checked(spelled, one)])
  })
}

function checked(name: string, value: string): readonly [string, string] {
  validateHeaderName(name)
  validateHeaderValue(name, value)
  return [name, value]
}

function tokens(list: string | undefined): string[] {
  if (list === undefined) return []
  return list
    .split(',')
    .map((token) => token.trim().toLowerCase())
    .filter((token) => token !== '')
}
