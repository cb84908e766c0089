import { contentOf, headersOf, type Content } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { matching } from '#harness/contract/example.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { Recorded } from '#harness/control/explain/pact-book.ts'
import type { ShownBody } from '#harness/control/types.ts'
import { interactionMistakes } from '#harness/pact/record/check-interaction.ts'
import type { AnyEventExample, AnyInteraction } from '#harness/pact/record/interaction.ts'
import { headerOf, messagesOf } from './call-facts.ts'
import { inputOf, type SentInput } from './call-input.ts'
import type { UncoveredCall } from './choose-calls.ts'
import { declaredFields } from './declared-fields.ts'
import { givenFor, type Given } from './given-states.ts'
import { unmasked, withPlaceholders } from './placeholders.ts'
import { fieldsLike, knownReplies } from './read-fields.ts'
import type { SeenCall } from './seen-call.ts'
import { shortened, shortLists } from './shorten.ts'

/** An interaction as it is drafted, before it is code. */
export type DraftInteraction = Readonly<{
  name: string
  operation: Operation
  sent: SentInput
  given: Given
  interaction: AnyInteraction
  /** What to do about it by hand, a sentence each. */
  notes: readonly string[]
  /** Where it contradicts the contract, so that its recording fails until it is corrected. */
  mistakes: readonly string[]
}>

/** Drafts the interaction of a call. `recorded` is what the pact of its edge has. */
export function draftInteraction(
  contract: AnyContract,
  { name, call }: UncoveredCall,
  recorded: readonly Recorded[],
): DraftInteraction {
  const operation = contract.operations[name] as Operation
  const sent = inputOf(operation, call)
  const given = givenFor(contract, operation, call)
  const answer = answerOf(name, operation, { call, recorded })
  const base: AnyInteraction = {
    given: given.states,
    call: { kind: 'call', contract: contract.name, name, operation, input: sent.input },
    ...(given.credential !== undefined && { credential: given.credential }),
  }
  const short = { ...base, ...shortened(answer.interaction) }
  const isShort = interactionMistakes(contract, short).length === 0
  const interaction = isShort ? short : { ...base, ...answer.interaction }
  return {
    name,
    operation,
    sent,
    given,
    interaction,
    notes: [...sent.notes, ...answer.notes],
    mistakes: interactionMistakes(contract, interaction),
  }
}

type ReplyHeaders = NonNullable<AnyInteraction['reply']>['headers']

type Answer = Readonly<{
  interaction: Pick<AnyInteraction, 'reply' | 'events' | 'conversation' | 'refused'>
  notes: readonly string[]
}>

type Seen = Readonly<{ call: SeenCall; recorded: readonly Recorded[] }>

function answerOf(name: string, operation: Operation, { call, recorded }: Seen): Answer {
  if (operation.kind === 'sse' && call.events) return { interaction: { events: eventsOf(operation, call) }, notes: [] }
  if (operation.kind === 'ws') {
    if (!call.messages) return { interaction: { refused: call.status ?? 401 }, notes: [] }
    return { interaction: { conversation: conversationOf(operation, call) }, notes: [] }
  }
  return replyOf(name, operation, { call, recorded })
}

type Kind<K extends Operation['kind']> = Extract<Operation, { kind: K }>

function eventsOf(operation: Kind<'sse'>, { events = [] }: SeenCall): readonly AnyEventExample[] {
  return events.flatMap(({ event, data, id }) => {
    const schema = operation.spec.events[event]
    if (!schema) return []
    return [{ event, data: exampleOf(schema, data), ...(id !== undefined && { id }) }]
  })
}

type Step = NonNullable<AnyInteraction['conversation']>[number]

function conversationOf(operation: Kind<'ws'>, call: SeenCall): readonly Step[] {
  return messagesOf(call).flatMap(({ from, type, data }): Step[] => {
    const schema = operation.spec[from === 'consumer' ? 'send' : 'receive'][type]
    if (!schema) return []
    if (from === 'consumer') return [{ send: type, data: withPlaceholders(data, schema) }]
    return [{ receive: type, data: exampleOf(schema, data) }]
  })
}

function exampleOf(schema: Parameters<typeof declaredFields>[0], data: unknown): unknown {
  return withPlaceholders(shortLists(declaredFields(schema, data)), schema)
}

const allFields =
  'The reply has all fields that the contract declares: keep those that this consumer reads, and leave out the rest.'

function replyOf(name: string, operation: Operation, { call, recorded }: Seen): Answer {
  const { status = 0 } = call
  const definition = operation.spec.replies?.[status]
  const headers = headersExample(call, Object.keys(headersOf(definition)))
  const known = knownReplies(recorded, { operation: name, status })
  const { body, notes = [] } = bodyExample(contentOf(definition), call.reply?.body, known)
  return { interaction: { reply: { status, ...(headers && { headers }), ...(body !== undefined && { body }) } }, notes }
}

type BodyExample = Readonly<{ body?: unknown; notes?: readonly string[] }>

function bodyExample(content: Content, seen: ShownBody | undefined, known: readonly unknown[]): BodyExample {
  if (content.kind === 'json' && seen?.kind === 'json') {
    const whole = exampleOf(content.schema, seen.value)
    return known.length > 0 ? { body: fieldsLike(whole, known) } : { body: whole, notes: [allFields] }
  }
  if (content.kind === 'text' && seen?.kind === 'text') return { body: unmasked(seen.text).slice(0, mostText) }
  return seen?.kind === 'bytes' ? { notes: [`The body of the reply had ${seen.size} bytes, which were not kept.`] } : {}
}

/** How much of a text is an example of it. */
const mostText = 60

function headersExample(call: SeenCall, declared: readonly string[]): ReplyHeaders {
  const entries = declared.flatMap((name) => {
    const value = headerOf(call.reply?.headers ?? {}, name.toLowerCase())
    return value === undefined ? [] : [[name, matching('.+', unmasked(value, name))] as const]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
