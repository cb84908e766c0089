import { contentOf } from '#harness/contract/content.ts'
import { Exactly, Matching, plainExample } from '#harness/contract/example.ts'
import { z } from 'zod'
import type { ExpectedBody, HttpExpectation, Part } from '../recorder/expectation.ts'
import { openAtRecorder } from '../recorder/recorder-client.ts'
import { placeholder } from './expected-credential.ts'
import { expectedRequest, integrationHeader, recordedRequestId } from './expected-request.ts'
import { rulesFor } from './matching-rules.ts'
import { commonOf, type Recording, type RecordingApi } from './recording.ts'

/** Records an interaction of request and reply: Pact's mock server answers the consumer's real client. */
export async function recordHttp(recording: Recording, run: (api: RecordingApi) => Promise<void>): Promise<void> {
  const opened = await openAtRecorder(await httpExpectation(recording))
  const failure = await run({ url: opened.url ?? '', placeholder }).then(
    () => undefined,
    (error: unknown) => error,
  )
  // What Pact missed explains what the client met, not the other way round.
  await opened.finish().catch((mismatch: Error) => {
    throw new Error(`${mismatch.message.trim()}\nCorrect the client or the recording.`, { cause: failure })
  })
  if (failure !== undefined) throw failure as Error
}

async function httpExpectation(recording: Recording): Promise<HttpExpectation> {
  const { contract, interaction } = recording
  const request = expectedRequest(contract, interaction)
  const headers = Object.entries(request.headers).map(([name, header]) => [name, integrationHeader(header)])
  return {
    kind: 'http',
    ...commonOf(recording),
    request: {
      method: request.method,
      path: request.path,
      query: request.query,
      headers: Object.fromEntries(headers) as Part['headers'],
      body: (await rawBody(request.body, 'application/octet-stream')) ?? jsonBody(request.body),
    },
    response: await expectedReply(recording),
  }
}

function jsonBody(value: unknown): ExpectedBody {
  return value === undefined ? { kind: 'none' } : { kind: 'json', value, rules: [] }
}

async function expectedReply({ contract, interaction }: Recording): Promise<HttpExpectation['response']> {
  const { status = 200, body, headers = {} } = interaction.reply ?? {}
  const mediaType = plainExample(headers['content-type'])
  const raw = await rawBody(body, typeof mediaType === 'string' ? mediaType : 'application/octet-stream')
  // Pact makes the Content-Type of raw bytes itself.
  const entries = Object.entries(headers).flatMap(([name, example]) =>
    raw && name === 'content-type' ? [] : [[name, headerExample(example)] as const],
  )
  return {
    status,
    headers: { [contract.requestIdHeader]: recordedRequestId, ...Object.fromEntries(entries) },
    body: raw ?? replyBody(contentOf(interaction.call.operation.spec.replies?.[status]), body),
  }
}

function replyBody(content: ReturnType<typeof contentOf>, body: unknown): ExpectedBody {
  if (body === undefined) return { kind: 'none' }
  switch (content.kind) {
    case 'json':
      return { kind: 'json', value: plainExample(body), rules: rulesFor(content.schema, body) }
    case 'text': {
      const base64 = Buffer.from(plainExample(body) as string).toString('base64')
      return { kind: 'bytes', mediaType: content.mediaType, base64, rules: rulesFor(z.string(), body) }
    }
    default:
      return { kind: 'none' }
  }
}

function headerExample(example: unknown): unknown {
  if (example instanceof Matching) return { 'pact:matcher:type': 'regex', regex: example.pattern, value: example.value }
  return example instanceof Exactly ? example.value : example
}

/** A body of raw bytes with its media type: a Blob's own, or the one that the headers give. Compared by value: Pact alone looks at their kind only. */
async function rawBody(body: unknown, mediaType: string): Promise<ExpectedBody | undefined> {
  if (body instanceof Blob) return byValue(body.type || mediaType, Buffer.from(await body.arrayBuffer()))
  return body instanceof Uint8Array ? byValue(mediaType, Buffer.from(body)) : undefined
}

function byValue(mediaType: string, bytes: Buffer): ExpectedBody {
  return {
    kind: 'bytes',
    mediaType,
    base64: bytes.toString('base64'),
    rules: [{ path: '$', rules: [{ match: 'equality' }] }],
  }
}
