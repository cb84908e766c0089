import { contentOf } from '#harness/contract/content.ts'
import { plainExample } from '#harness/contract/example.ts'
import { expectedRequest, recordedRequestId, type ExpectedRequest } from '../expected-request.ts'
import type { ScriptedStep } from '../play-conversation.ts'
import type { ScriptedEvent } from '../play-events.ts'
import type { Recording } from '../recording.ts'
import { expectationOf, scriptOf } from '../record-stream.ts'

/** How the example of a recording is answered. */
export type ExampleAnswer =
  | Readonly<{ kind: 'reply'; status: number; headers: Readonly<Record<string, string>>; body: Uint8Array }>
  | Readonly<{ kind: 'events'; events: readonly ScriptedEvent[]; ends: boolean }>
  | Readonly<{ kind: 'conversation'; steps: readonly ScriptedStep[] }>
  | Readonly<{ kind: 'refusal'; status: number; body: unknown }>

/** A recorded request with its answer, as a server has it. */
export type Example = Readonly<{ request: ExpectedRequest; answer: ExampleAnswer }>

export type Recorded = Pick<Recording, 'contract' | 'interaction'>

/** The example of an interaction. */
export async function exampleOf(recorded: Recorded): Promise<Example> {
  const expected = expectedRequest(recorded.contract, recorded.interaction)
  const request = { ...expected, body: await sentBody(expected.body) }
  return { request, answer: await answerOf(recorded, expected) }
}

async function answerOf(recorded: Recorded, request: ExpectedRequest): Promise<ExampleAnswer> {
  const { interaction } = recorded
  if (interaction.reply) return replyOf(recorded)
  const script = scriptOf(recorded, expectationOf(interaction.call.operation, interaction, request))
  switch (script.kind) {
    case 'sse':
      return { kind: 'events', events: [...script.before, ...script.events], ends: script.ends }
    case 'ws':
      return { kind: 'conversation', steps: script.steps }
    case 'refuse-upgrade':
      return { kind: 'refusal', status: script.status, body: script.body }
    case 'preflight':
      throw new TypeError(`${interaction.call.name}: a preflight is no call of the consumer's, and survives nothing.`)
    default:
      return script satisfies never
  }
}

async function replyOf({ contract, interaction }: Recorded): Promise<ExampleAnswer> {
  const { status = 200, body, headers = {} } = interaction.reply ?? {}
  const plain = plainExample(headers) as Readonly<Record<string, unknown>>
  const given = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, String(value)]))
  const content = contentOf(interaction.call.operation.spec.replies?.[status])
  const bytes = await bytesOf(plainExample(body))
  return {
    kind: 'reply',
    status,
    headers: {
      [contract.requestIdHeader]: recordedRequestId,
      ...(bytes.length > 0 && { 'content-type': mediaTypeOf(content, body) }),
      ...given,
    },
    body: bytes,
  }
}

function mediaTypeOf(content: ReturnType<typeof contentOf>, body: unknown): string {
  if (content.kind === 'text') return content.mediaType
  if (content.kind === 'json') return 'application/json'
  return (body instanceof Blob && body.type) || 'application/octet-stream'
}

async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (body === undefined) return Buffer.alloc(0)
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer())
  if (body instanceof Uint8Array) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

/** A body as it is read at the other end: bytes, or what JSON makes of a value. */
async function sentBody(body: unknown): Promise<unknown> {
  if (body === undefined) return undefined
  return body instanceof Blob || body instanceof Uint8Array ? bytesOf(body) : JSON.parse(JSON.stringify(body))
}
