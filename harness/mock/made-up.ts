import { generate } from 'json-schema-faker'
import { contentOf, headersOf, type ReplyDefinition } from '#harness/contract/content.ts'
import type { SseOperation } from '#harness/contract/operation.ts'
import { parseOrder, type OrderState } from '#harness/contract/order.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import { jsonSchemaOf, objectOf, type Schema } from '#harness/contract/schema.ts'

/** A reply by the schema alone; the same seed gives the same reply. */
export async function madeUpReply(
  status: number,
  definition: ReplyDefinition | undefined,
  seed: number,
): Promise<AnyReply> {
  const content = contentOf(definition)
  const headers = (await madeUp(objectOf(headersOf(definition)), seed)) as Readonly<Record<string, unknown>>
  switch (content.kind) {
    case 'none':
      return { status, headers }
    case 'text':
      return { status, headers, body: '' }
    case 'bytes':
      return { status, headers, body: new Uint8Array() }
    case 'json':
      return { status, headers, body: await madeUp(content.schema, seed) }
  }
}

/** A value by a schema; the same seed gives the same value. */
export async function madeUp(schema: Schema, seed: number): Promise<unknown> {
  return generate(jsonSchemaOf(schema) as never, { seed, alwaysFakeOptionals: true })
}

/** An event of a stream, as a handler yields it. */
export type MadeUpEvent = Readonly<{ event: string; data: unknown; id: string }>

/** A short stream that has each event that may come, in an order of the contract. */
export async function* madeUpEvents(operation: SseOperation, seed: number): AsyncGenerator<MadeUpEvent> {
  const seen = new Set<string>()
  let state: OrderState | undefined = parseOrder(operation.spec.order).start
  for (let id = 1; state && !(state.complete && state.expected.every((name) => seen.has(name))); id++) {
    const event: string = state.expected.find((name) => !seen.has(name)) ?? firstToEnd(state)
    seen.add(event)
    yield { event, data: await madeUp(operation.spec.events[event] as Schema, seed), id: String(id) }
    state = state.next(event)
  }
}

/** The event that the shortest way to an end begins with. */
function firstToEnd(state: OrderState): string {
  let ways = state.expected.map((first) => ({ first, state: state.next(first) }))
  while (ways.length > 0) {
    const found = ways.find((way) => way.state?.complete)
    if (found) return found.first
    ways = ways.flatMap(({ first, state: at }) => at?.expected.map((name) => ({ first, state: at.next(name) })) ?? [])
  }
  return ''
}
