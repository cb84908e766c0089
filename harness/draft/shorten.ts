import { isPlainObject } from '#harness/contract/example.ts'
import type { AnyInteraction } from '#harness/pact/record/interaction.ts'

/** Several of one kind in a row mean "at least so many": two of them say what there is to say. */
const mostInRow = 2

/** A stream or conversation without what only repeats itself. */
export function shortened<I extends Pick<AnyInteraction, 'events' | 'conversation'>>(interaction: I): I {
  const { events, conversation } = interaction
  return {
    ...interaction,
    ...(events && { events: fewInRow(events, ({ event }) => event) }),
    ...(conversation && {
      conversation: fewInRow(conversation, (step, index) => ('receive' in step ? step.receive : `sent ${index}`)),
    }),
  }
}

function fewInRow<T>(items: readonly T[], kindOf: (item: T, index: number) => string): readonly T[] {
  let last: string | undefined
  let count = 0
  return items.filter((item, index) => {
    const kind = kindOf(item, index)
    count = kind === last ? count + 1 : 1
    last = kind
    return count <= mostInRow
  })
}

/** A value whose lists have one item at most, which means "one or more like it". */
export function shortLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shortLists)
  if (!isPlainObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shortLists(field)]))
}
