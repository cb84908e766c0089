/** What one interaction of a pact uses of its provider's contract. */
export type Use = Readonly<{
  interaction: string
  /** The test that recorded it. */
  testFile: string | undefined
  operation: string
  /** Whether it ends well: what is refused may be sent wrong on purpose. */
  succeeds: boolean
  status: string | undefined
  /** It follows a stream or a channel. */
  follows: boolean
  credential: string | undefined
  mediaType: string | undefined
  states: readonly string[]
  /** Places that it sends, or reads, by part: `body` has `""`, `title` and `data.[].id`. */
  sent: Places
  read: Places
}>

export type Places = ReadonlyMap<string, ReadonlySet<string>>

/** A place as text. */
export function placeKey(path: readonly string[]): string {
  return path.join('\0')
}

/** All places of a JSON value, the whole of it first; items of a list are one place. */
export function placesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  collect(value, [], found)
  return found
}

function collect(value: unknown, path: readonly string[], found: Set<string>): void {
  found.add(placeKey(path))
  if (Array.isArray(value)) for (const item of value) collect(item, [...path, '[]'], found)
  else if (typeof value === 'object' && value !== null)
    for (const [name, field] of Object.entries(value)) collect(field, [...path, name], found)
}
