import { createHash } from 'node:crypto'

type Json = Readonly<Record<string, unknown>>

/** A pact as it is published: any JSON object, of any version of the specification. */
export type PactContent = Json

/**
 * The digest by which two pacts count as the same: of their interactions in any order, and the version of their specification.
 * What does not change how a pact is verified does not change it.
 */
export function contentSha(pact: PactContent): string {
  const parts = ['interactions', 'messages'].filter((key) => key in pact)
  const relevant =
    parts.length === 0
      ? canonical(pact)
      : JSON.stringify([...parts.map((key) => [key, inOrder(pact[key])]), specificationVersion(pact)])
  return sha1(relevant)
}

/** The pact with the id of each interaction, by which results name them. */
export function withIds(pact: PactContent): PactContent {
  const ids = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map((one: unknown) => (isObject(one) ? { _id: interactionId(one), ...one } : one))
      : value
  return {
    ...pact,
    ...('interactions' in pact && { interactions: ids(pact['interactions']) }),
    ...('messages' in pact && { messages: ids(pact['messages']) }),
  }
}

/** The id of an interaction: a digest of its content. */
export function interactionId({ _id: _old, ...interaction }: Json): string {
  return sha1(canonical(interaction))
}

/** The interactions and messages of a pact. */
export function interactionsOf(pact: PactContent): readonly Json[] {
  return [pact['interactions'], pact['messages']].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []))
}

/** JSON with its keys sorted: the same content gives the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value))
}

/** A value with its keys sorted, at every depth. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  )
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function inOrder(list: unknown): unknown {
  return Array.isArray(list) ? list.map(canonical).toSorted() : canonical(list)
}

function specificationVersion(pact: PactContent): unknown {
  const metadata = isObject(pact['metadata']) ? pact['metadata'] : {}
  const named = [metadata['pactSpecification'], metadata['pact-specification']].find(isObject)
  return named?.['version'] ?? metadata['pactSpecificationVersion']
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
