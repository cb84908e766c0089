import { Exactly, Matching, plainExample } from '#harness/contract/example.ts'
import { parseOrder, type OrderState } from '#harness/contract/order.ts'
import type { SseOperation, WsOperation } from '#harness/contract/operation.ts'
import { z } from 'zod'
import { toRuns, type Envelope, type RunItem, type WsStep } from '../stream/envelope.ts'
import type { ExpectedRequest } from './expected-request.ts'
import type { AnyInteraction } from './interaction.ts'
import { rulesFor, type PlacedRule } from './matching-rules.ts'

/** What a stream interaction becomes in a pact: its envelope, what is to come, and how that is compared. */
export type StreamExpectation = Readonly<{
  envelope: Envelope
  headers: ExpectedRequest['headers']
  response: readonly unknown[]
  rules: readonly PlacedRule[]
}>

function targetOf(interaction: AnyInteraction, request: ExpectedRequest) {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, header]) => [name, header.value]))
  return { operation: interaction.call.name, path: request.path, query: request.query, headers }
}

/** The expectation of an event stream. */
export function sseExpectation(
  operation: SseOperation,
  interaction: AnyInteraction,
  request: ExpectedRequest,
): StreamExpectation {
  const events = interaction.events ?? []
  const earlier = interaction.resumesAfter ?? []
  const end = [...earlier, ...events].reduce<OrderState | undefined>(
    (state, { event }) => state?.next(event),
    parseOrder(operation.spec.order).start,
  )
  const items = events.map(({ event, data, id }) => ({ name: event, data, ...(id !== undefined && { id }) }))
  return {
    envelope: {
      transport: 'sse',
      ...targetOf(interaction, request),
      method: operation.method,
      ...(request.body !== undefined && { body: request.body }),
      ends: end?.complete === true && end.final,
      progressive: interaction.progressive ?? false,
    },
    headers: request.headers,
    ...runExpectation(items, (name) => operation.spec.events[name] ?? z.unknown()),
  }
}

/** The expectation of a conversation over a channel. */
export function wsExpectation(
  operation: WsOperation,
  interaction: AnyInteraction,
  request: ExpectedRequest,
): StreamExpectation {
  const target = targetOf(interaction, request)
  if (interaction.refused !== undefined) {
    return {
      envelope: { transport: 'ws', ...target, steps: [] },
      headers: request.headers,
      response: [{ refused: interaction.refused }],
      rules: [],
    }
  }
  const steps = interaction.conversation ?? []
  const received = steps.flatMap((step) => ('receive' in step ? [{ name: step.receive, data: step.data }] : []))
  return {
    envelope: {
      transport: 'ws',
      ...target,
      steps: steps.map((step): WsStep =>
        'send' in step ? { send: step.send, data: step.data } : { receive: step.receive },
      ),
    },
    headers: request.headers,
    ...runExpectation(received, (name) => operation.spec.receive[name] ?? z.unknown()),
  }
}

type Named = RunItem & { name: string }

/** Several of one name in a row mean "at least so many of this kind"; marked values hold at their own place. */
function runExpectation(
  items: readonly Named[],
  schemaOf: (name: string) => z.ZodType,
): Pick<StreamExpectation, 'response' | 'rules'> {
  const runs = toRuns(items)
  const rules = runs.flatMap((run, index): PlacedRule[] => {
    const path = `$[${index}].items`
    const schema = z.object({ id: z.string().optional(), data: schemaOf(run.name) })
    const general = rulesFor(schema, plainExample(run.items[0]), `${path}[*]`)
    const marked = run.items.flatMap((item, at) => rulesFor(schema, onlyMarked(item), `${path}[${at}]`))
    const places = new Set(marked.map((rule) => rule.path))
    return [
      { path: `$[${index}].name`, rules: [{ match: 'equality' }] },
      { path, rules: [{ match: 'type', min: run.items.length }] },
      ...general.filter((rule) => !places.has(rule.path)),
      ...marked,
    ]
  })
  return { response: plainExample(runs) as readonly unknown[], rules }
}

/** Of an example, just the values that are marked. */
function onlyMarked(example: unknown): unknown {
  if (example instanceof Exactly || example instanceof Matching) return example
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return undefined
  const entries = Object.entries(example).map(([key, value]) => [key, onlyMarked(value)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
