import { contentOf, type ReplyDefinition } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { signature, type Operation, type SseOperation } from '#harness/contract/operation.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import { bestExample } from '../best-example.ts'
import { exampleOver } from '../example-reply.ts'
import { madeUpEvents, madeUpReply } from '../made-up.ts'
import type { Example } from './examples.ts'
import { exampleEvents, type ExampleEvent } from './play-example.ts'
import type { Preferences } from './preferences.ts'
import { refuseHeader } from './refuse-header.ts'
import { statusWords } from './status-words.ts'

/** An operation, and what is known of its answers. */
export type Answerable = Readonly<{
  contract: AnyContract
  name: string
  operation: Operation
  examples: readonly Example[]
  pacts: readonly PactFile[]
  seed: number
}>

export type Asking = Readonly<{ url: URL; requestId: string; signals: readonly AbortSignal[] }>

/** The answer that a caller prefers. The request is not looked at, and nothing is remembered of it. */
export type Preferred =
  | Readonly<{ kind: 'reply'; reply: AnyReply }>
  | Readonly<{ kind: 'events'; events: AsyncIterable<ExampleEvent> }>
  | Readonly<{ kind: 'conversation'; example: Extract<Example, { kind: 'conversation' }> }>

/**
 * What answers a call as its caller prefers.
 * @throws Refusal with 400 where the operation has no such answer, naming those that it has.
 */
export async function preferredAnswer(
  preferences: Preferences,
  answerable: Answerable,
  asking: Asking,
): Promise<Preferred> {
  const { code, example: named, dynamic } = preferences
  if (code !== undefined) checkStatus(code, answerable)
  if (named !== undefined) return byExample(exampleNamed(named, code, answerable), answerable, asking)
  const status = code ?? successOf(answerable)
  if (status === streamed && answerable.operation.kind === 'sse')
    return byEvents(answerable.operation, answerable, { dynamic, asking })
  return { kind: 'reply', reply: await replyOf(status, answerable, { dynamic, asking }) }
}

/** The status of an event stream. */
const streamed = 200

function statusesOf({ operation }: Pick<Answerable, 'operation'>): readonly number[] {
  const declared = Object.keys(operation.spec.replies ?? {}).map(Number)
  return operation.kind === 'sse' ? [...new Set([streamed, ...declared])] : declared
}

function checkStatus(code: number, answerable: Answerable): void {
  const { name, operation } = answerable
  const declared = statusesOf(answerable)
  if (declared.includes(code)) return
  const there = declared.length > 0 ? `It has ${declared.join(', ')}.` : 'It has none.'
  throw refuseHeader('Prefer', `code=${code}`, `${name} (${signature(operation)}) declares no such status. ${there}`)
}

function successOf(answerable: Answerable): number {
  if (answerable.operation.kind === 'ws')
    throw refuseHeader('Prefer', 'dynamic=true', `${answerable.name} is a channel: name an example, or a status.`)
  return Math.min(...statusesOf(answerable))
}

/** As many examples as a refusal names. */
const mostNamed = 20

function exampleNamed(wanted: string, code: number | undefined, { name, examples }: Answerable): Example {
  const fitting = examples.filter((example) => code === undefined || statusOf(example) === code)
  const found = fitting.find(({ description, slug }) => description === wanted || slug === wanted.toLowerCase())
  if (found) return found
  const slugs = fitting.map(({ slug }) => slug)
  const more = slugs.length > mostNamed ? ` and ${slugs.length - mostNamed} more` : ''
  const with_ = code === undefined ? '' : ` with status ${code}`
  const there =
    slugs.length > 0
      ? `There is ${slugs.slice(0, mostNamed).join(', ')}${more}.`
      : `No pact has an example of it${with_}.`
  throw refuseHeader('Prefer', `example="${wanted}"`, `${name} has no such example${with_}. ${there}`)
}

function statusOf(example: Example): number {
  switch (example.kind) {
    case 'reply':
      return example.response.status
    case 'events':
      return streamed
    case 'conversation':
      return 101
    case 'refused-upgrade':
      return example.status
  }
}

async function byExample(example: Example, answerable: Answerable, asking: Asking): Promise<Preferred> {
  switch (example.kind) {
    case 'reply': {
      const { status } = example.response
      const definition = answerable.operation.spec.replies?.[status]
      const made = await madeReply(status, definition, { answerable, asking })
      return { kind: 'reply', reply: exampleOver(made, example.response, definition) }
    }
    case 'events': {
      const { operation, seed } = answerable
      const schemas = operation.kind === 'sse' ? operation.spec.events : {}
      return { kind: 'events', events: exampleEvents(example, { schemas, seed }, asking.signals) }
    }
    case 'conversation':
      return { kind: 'conversation', example }
    case 'refused-upgrade':
      return { kind: 'reply', reply: await replyOf(example.status, answerable, { dynamic: undefined, asking }) }
  }
}

type How = Readonly<{ dynamic: true | undefined; asking: Asking }>

function byEvents(operation: SseOperation, { examples, seed }: Answerable, { dynamic, asking }: How): Preferred {
  const example = dynamic ? undefined : examples.find((candidate) => candidate.kind === 'events')
  const events = example
    ? exampleEvents(example, { schemas: operation.spec.events, seed }, asking.signals)
    : madeUpEvents(operation, seed)
  return { kind: 'events', events }
}

async function replyOf(status: number, answerable: Answerable, { dynamic, asking }: How): Promise<AnyReply> {
  const { operation, pacts } = answerable
  const definition = operation.spec.replies?.[status]
  const example = dynamic ? undefined : bestExample({ ...operation, statuses: [status] }, asking.url, pacts)
  const made = await madeReply(status, definition, { answerable, asking })
  return example ? exampleOver(made, example.response, definition) : made
}

type Making = Readonly<{ answerable: Pick<Answerable, 'contract' | 'seed'>; asking: Asking }>

/** A reply that was made up; a refusal in words that fit its status, where it has the contract's error shape. */
async function madeReply(
  status: number,
  definition: ReplyDefinition | undefined,
  { answerable: { contract, seed }, asking: { requestId } }: Making,
): Promise<AnyReply> {
  const made = await madeUpReply(status, definition, seed)
  const content = contentOf(definition)
  if (status < 400 || content.kind !== 'json' || content.schema !== contract.errors.schema) return made
  const { phrase, code } = statusWords(status)
  return { ...made, body: contract.errors.body({ status, code, message: `${phrase}.`, requestId }) }
}
