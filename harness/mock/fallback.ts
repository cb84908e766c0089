import { generate } from 'json-schema-faker'
import { contentOf, headersOf, type Content, type ReplyDefinition } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { isPlainObject } from '#harness/contract/example.ts'
import { parseOrder, type OrderState } from '#harness/contract/order.ts'
import type { HttpOperation, Operation, SseOperation } from '#harness/contract/operation.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import { jsonSchemaOf, objectOf, type Schema } from '#harness/contract/schema.ts'
import type { HttpPactInteraction, PactFile } from '#harness/pact/file/pact-file.ts'
import type { AnyServerChannel } from '#harness/serve/channel.ts'
import { textDecoder } from '#harness/serve/decode.ts'
import { pathMatcher } from '#harness/serve/routes.ts'
import type { AnyHandler, AnyHandlerInput, AnyHandlers } from '#harness/serve/service.ts'

type Sources = Readonly<{ pacts: readonly PactFile[]; seed: number }>

/** Handlers for all operations of a contract that answer from the pacts' examples, else from the schema with a fixed seed. */
export function fallbackHandlers(contract: AnyContract, sources: Sources): AnyHandlers {
  return Object.fromEntries(
    Object.entries(contract.operations).map(([name, operation]) => [name, fallbackHandler(operation, sources)]),
  )
}

function fallbackHandler(operation: Operation, sources: Sources): AnyHandler {
  switch (operation.kind) {
    case 'http':
      return (input) => exampleReply(operation, input as AnyHandlerInput, sources)
    case 'sse':
      return () => madeUpEvents(operation, sources.seed)
    case 'ws':
      // A channel that answers nothing keeps to every contract, and stays open as long as the client wants.
      return async (channel) => {
        for await (const _message of channel as AnyServerChannel) continue
      }
  }
}

async function exampleReply(
  operation: HttpOperation,
  input: AnyHandlerInput,
  { pacts, seed }: Sources,
): Promise<AnyReply> {
  const example = bestExample(operation, input, pacts)?.response
  const status = example?.status ?? successStatus(operation)
  const definition = operation.spec.replies[status]
  const made = await madeUpReply(status, definition, seed)
  const content = example && exampleContent(example, contentOf(definition))
  return {
    ...made,
    headers: { ...made.headers, ...(example && exampleHeaders(example, definition)) },
    ...(content !== undefined && { body: overlay(made.body, content) }),
  }
}

type ExampleReply = HttpPactInteraction['response']
type ExampleBody = Readonly<{ content?: unknown; encoded?: string | boolean }>

/** The recorded headers that the contract declares, as a handler gives them. */
function exampleHeaders({ headers = {} }: ExampleReply, definition: ReplyDefinition | undefined): AnyReply['headers'] {
  const recorded = new Map(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values]))
  return textDecoder(headersOf(definition))((name) => recorded.get(name.toLowerCase()) ?? [])
}

/** A recorded body as a handler gives it: bytes stand as base64 in a pact file, text does where it is no JSON. */
function exampleContent({ body }: ExampleReply, { kind }: Content): unknown {
  const { content, encoded } = (body ?? {}) as ExampleBody
  if (typeof content !== 'string' || kind === 'none' || kind === 'json') return content
  const bytes = encoded === 'base64' ? fromBase64(content) : new TextEncoder().encode(content)
  return kind === 'bytes' ? bytes : new TextDecoder().decode(bytes)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

function successStatus(operation: HttpOperation): number {
  return Math.min(...Object.keys(operation.spec.replies).map(Number))
}

/** A reply by the schema alone; the same seed gives the same reply. */
async function madeUpReply(status: number, definition: ReplyDefinition | undefined, seed: number): Promise<AnyReply> {
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
async function madeUp(schema: Schema, seed: number): Promise<unknown> {
  return generate(jsonSchemaOf(schema) as never, { seed, alwaysFakeOptionals: true })
}

/** Of the recorded replies to this operation, that of the request most like this one; a success where several are alike. */
function bestExample(
  operation: HttpOperation,
  input: AnyHandlerInput,
  pacts: readonly PactFile[],
): HttpPactInteraction | undefined {
  const match = pathMatcher(operation.path)
  const url = new URL(input.request.url)
  return pacts
    .flatMap((pact) => pact.interactions)
    .filter((interaction): interaction is HttpPactInteraction => interaction.type === 'Synchronous/HTTP')
    .filter(({ request }) => request.method === operation.method && match(request.path) !== undefined)
    .filter(({ response }) => response.status in operation.spec.replies)
    .map((interaction) => ({ interaction, score: likeness(interaction, url) }))
    .toSorted((a, b) => b.score - a.score || a.interaction.response.status - b.interaction.response.status)[0]
    ?.interaction
}

function likeness({ request, response }: HttpPactInteraction, url: URL): number {
  const query = Object.entries(request.query ?? {}).map(([name, values]) =>
    values.join() === url.searchParams.getAll(name).join() ? 1 : -1,
  )
  const sameQuery = query.reduce<number>((sum, each) => sum + each, 0)
  return (request.path === url.pathname ? 4 : 0) + sameQuery + (response.status < 300 ? 2 : 0)
}

/** The example over what the schema made up: a recorded example holds only the fields that its consumer reads. */
function overlay(base: unknown, example: unknown): unknown {
  if (Array.isArray(example))
    return example.map((item, index) => overlay(Array.isArray(base) ? (base[index] ?? base[0]) : undefined, item))
  if (!isPlainObject(example) || !isPlainObject(base)) return example
  return {
    ...base,
    ...Object.fromEntries(Object.entries(example).map(([key, value]) => [key, overlay(base[key], value)])),
  }
}

/** A short stream that has each event that may come, in an order of the contract. */
async function* madeUpEvents(
  operation: SseOperation,
  seed: number,
): AsyncGenerator<{ event: string; data: unknown; id: string }> {
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
