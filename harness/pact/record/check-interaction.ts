import { contentOf, headersOf } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { exampleMistakes } from '#harness/contract/partial.ts'
import { parseOrder } from '#harness/contract/order.ts'
import type { Operation, SseOperation } from '#harness/contract/operation.ts'
import { objectOf, type Schema } from '#harness/contract/schema.ts'
import { plainExample } from '#harness/contract/example.ts'
import { schemeOf } from '#harness/contract/security.ts'
import { isInHeader } from './expected-credential.ts'
import type { AnyInteraction } from './interaction.ts'

/** A request that is refused for its form need not have the contract's form. */
const formRefusals = new Set([400, 413, 415, 422])

/** Where an interaction contradicts its contract: empty where it does not. */
export function interactionMistakes(contract: AnyContract, interaction: AnyInteraction): readonly string[] {
  const { operation } = interaction.call
  return [
    ...stateMistakes(contract, interaction),
    ...credentialMistakes(interaction),
    ...(formRefusals.has(interaction.reply?.status ?? 0) ? [] : requestMistakes(operation, interaction)),
    ...(interaction.reply ? replyMistakes(operation, interaction.reply) : []),
    ...(interaction.events && operation.kind === 'sse' ? eventMistakes(operation, interaction.events) : []),
    ...(interaction.conversation && operation.kind === 'ws'
      ? conversationMistakes(operation.spec, interaction.conversation)
      : []),
  ]
}

function under(part: string, schema: Schema, example: unknown): string[] {
  return exampleMistakes(schema, example).map((mistake) => `${part} ${mistake}`)
}

function stateMistakes(contract: AnyContract, { given = [] }: AnyInteraction): string[] {
  return given.flatMap((use) => {
    const definition = contract.stateDefinitions[use.name]
    return definition
      ? complete(`state ${use.name}`, definition.params, use.params)
      : [`state "${use.name}" is not in the contract`]
  })
}

/** A scheme word is a token (RFC 9110 §11.1, §5.6.2). */
const schemeWord = /^[\w!#$%&'*+.^`|~-]+$/

function credentialMistakes({ call, credential }: AnyInteraction): string[] {
  const carriers = call.operation.spec.auth?.carriers ?? []
  if (credential === undefined || credential === 'none') return []
  if (typeof credential === 'string') {
    const isTaken = carriers.some(({ kind }) => kind === credential)
    return isTaken ? [] : [`credential "${credential}" is none that the operation takes`]
  }
  const { scheme } = credential
  const taken = carriers.filter(isInHeader).map((carrier) => schemeOf(carrier).toLowerCase())
  if (taken.length === 0) return ['credential: the operation takes none in the Authorization header']
  if (!schemeWord.test(scheme)) return [`credential "${scheme}" is no scheme word`]
  return taken.includes(scheme.toLowerCase())
    ? [`credential "${scheme}" is a scheme word that the operation takes`]
    : []
}

/** What is sent, or asked of a provider, has to be whole: an absent field is a mistake too. */
function complete(part: string, schema: Schema, value: unknown): string[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return under(part, schema, value)
  return parsed.error.issues.map((issue) => `${part} ${['$', ...issue.path.map(String)].join('.')}: ${issue.message}`)
}

function requestMistakes(operation: Operation, { call }: AnyInteraction): string[] {
  const { spec } = operation
  const body = operation.kind === 'ws' ? undefined : contentOf(operation.spec.body)
  return [
    ...(spec.params ? complete('path', objectOf(spec.params), call.input.params ?? {}) : []),
    ...(spec.query ? complete('query', objectOf(spec.query), call.input.query ?? {}) : []),
    ...(body?.kind === 'json' ? complete('body', body.schema, call.input.body) : []),
  ]
}

function replyMistakes(operation: Operation, reply: NonNullable<AnyInteraction['reply']>): string[] {
  const definition = operation.spec.replies?.[reply.status]
  if (definition === undefined) return [`status ${reply.status} is not in the contract`]
  const content = contentOf(definition)
  const headers = Object.fromEntries(
    Object.entries(reply.headers ?? {}).filter(([name]) => name in headersOf(definition)),
  )
  return [
    ...under('reply headers', objectOf(headersOf(definition)), plainExample(headers)),
    ...(content.kind === 'json' && reply.body !== undefined ? under('reply body', content.schema, reply.body) : []),
    ...(content.kind === 'none' && reply.body !== undefined ? [`status ${reply.status} has no body`] : []),
  ]
}

function eventMistakes(operation: SseOperation, events: NonNullable<AnyInteraction['events']>): string[] {
  let state = parseOrder(operation.spec.order).start
  for (const { event } of events) {
    const next = state.next(event)
    if (!next)
      return [`event "${event}" comes where the contract allows ${state.expected.join(' or ') || 'nothing more'}`]
    state = next
  }
  return events.flatMap(({ event, data }) => under(`event ${event}`, operation.spec.events[event] as Schema, data))
}

type Messages = Readonly<Record<string, Schema>>

function conversationMistakes(
  spec: Readonly<{ send: Messages; receive: Messages }>,
  steps: NonNullable<AnyInteraction['conversation']>,
): string[] {
  return steps.flatMap((step) => {
    const name = 'send' in step ? step.send : step.receive
    const schema = 'send' in step ? spec.send[name] : spec.receive[name]
    if (!schema) return [`message "${name}" is not in the contract`]
    return 'send' in step ? complete(`message ${name}`, schema, step.data) : under(`message ${name}`, schema, step.data)
  })
}
