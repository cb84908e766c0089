import { isPlainObject } from '#harness/contract/example.ts'
import type { Recorded } from '#harness/control/explain/pact-book.ts'

/** What a consumer is known to read of replies: those that it recorded of the same operation with the same status. */
export function knownReplies(
  recorded: readonly Recorded[],
  wanted: Readonly<{ operation: string; status: number }>,
): readonly unknown[] {
  return recorded.flatMap(({ operation, interaction }) => {
    if (operation !== wanted.operation || interaction.type !== 'Synchronous/HTTP') return []
    if (interaction.response.status !== wanted.status) return []
    const { content } = (interaction.response.body ?? {}) as { content?: unknown }
    return content === undefined ? [] : [content]
  })
}

/** Of a value, the fields that at least one of some examples has at the same place. Of a list, all items count alike. */
export function fieldsLike(value: unknown, examples: readonly unknown[]): unknown {
  if (Array.isArray(value)) {
    const items = examples.flatMap((example) => (Array.isArray(example) ? (example as unknown[]) : []))
    return value.map((item) => fieldsLike(item, items))
  }
  const objects = examples.filter(isPlainObject)
  // Where nothing is known below, all of it stays: an empty list was recorded, or another kind of value.
  if (!isPlainObject(value) || objects.length === 0) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => {
      const known = objects.filter((object) => key in object).map((object) => object[key])
      return known.length > 0 ? [[key, fieldsLike(field, known)]] : []
    }),
  )
}
