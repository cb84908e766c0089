import { Pact, SpecificationVersion } from '@pact-foundation/pact'
import { contentOf } from '#harness/contract/content.ts'
import { Exactly, Matching, plainExample } from '#harness/contract/example.ts'
import { z } from 'zod'
import {
  expectedRequest,
  placeholder,
  recordedRequestId,
  type ExpectedHeader,
  type ExpectedRequest,
} from './expected-request.ts'
import { rulesFor } from './matching-rules.ts'
import type { Recording, RecordingApi } from './recording.ts'

/** The Pact of one recording, writing into a folder of its own. */
export function pactFor(recording: Recording): Pact {
  process.env['PACT_DO_NOT_TRACK'] = 'true'
  return new Pact({
    consumer: recording.consumer,
    provider: recording.contract.name,
    dir: recording.folder,
    spec: SpecificationVersion.SPECIFICATION_VERSION_V4,
    logLevel: 'error',
  })
}

/** Records an interaction of request and reply: Pact's mock server answers the consumer's real client. */
export async function recordHttp(recording: Recording, run: (api: RecordingApi) => Promise<void>): Promise<void> {
  const { contract, interaction, description, testFile } = recording
  const request = expectedRequest(contract, interaction)
  const sent = await rawBody(request.body, 'application/octet-stream')
  const answered = await rawBody(
    interaction.reply?.body,
    (plainExample(interaction.reply?.headers?.['content-type']) ?? 'application/octet-stream') as string,
  )
  let failure: unknown
  let pact = pactFor(recording).addInteraction().uponReceiving(description).testName(testFile)
  for (const { name, params } of interaction.given ?? []) pact = pact.given(name, params as never)
  await pact
    .withRequest(request.method, request.path, (builder) => describeRequest(builder, request, sent))
    .willRespondWith(interaction.reply?.status ?? 200, (builder) => describeReply(builder, recording, answered))
    .executeTest(async (server) => void (failure = await failureOf(run({ url: server.url, placeholder }))))
    .catch((mismatch: Error) => {
      throw new Error(`${mismatch.message.trim()}\nCorrect the client or the recording.`, { cause: failure })
    })
  if (failure !== undefined) throw failure as Error
}

/** Pact tells what was wrong with a request only where the test itself did not fail of it. */
async function failureOf(run: Promise<void>): Promise<unknown> {
  return run.then(
    () => undefined,
    (error: unknown) => error,
  )
}

type RequestBuilder = Parameters<
  NonNullable<Parameters<ReturnType<ReturnType<Pact['addInteraction']>['uponReceiving']>['withRequest']>[2]>
>[0]
type ReplyBuilder = Parameters<
  NonNullable<
    Parameters<
      ReturnType<ReturnType<ReturnType<Pact['addInteraction']>['uponReceiving']>['withRequest']>['willRespondWith']
    >[1]
  >
>[0]

function describeRequest(builder: RequestBuilder, request: ExpectedRequest, raw: RawBody | undefined): void {
  const entries = Object.entries(request.headers).map(([name, header]) => [name, integrationHeader(header)])
  builder.headers(Object.fromEntries(entries) as never)
  const query = Object.fromEntries(Object.entries(request.query).map(([name, values]) => [name, [...values]]))
  if (Object.keys(query).length > 0) builder.query(query)
  // Pact compares raw bytes by their kind only, unless a rule of equality is there.
  if (raw) builder.body(raw.mediaType, raw.bytes).matchingRules(byValue)
  else if (request.body !== undefined) builder.jsonBody(request.body)
}

const byValue = { body: [{ path: '$', rules: [{ match: 'equality' }] }] } as never

/** A header in Pact's integration format: its matcher, and the expression that a state's value fills at replay. */
function integrationHeader({ value, pattern, expression }: ExpectedHeader): unknown {
  if (pattern === undefined) return value
  return {
    'pact:matcher:type': 'regex',
    regex: pattern,
    value,
    ...(expression !== undefined && { 'pact:generator:type': 'ProviderState', expression }),
  }
}

function describeReply(builder: ReplyBuilder, { contract, interaction }: Recording, raw: RawBody | undefined): void {
  const { status = 200, body, headers = {} } = interaction.reply ?? {}
  const content = contentOf(interaction.call.operation.spec.replies?.[status])
  const entries = Object.entries(headers).flatMap(([name, example]) =>
    raw && name === 'content-type' ? [] : [[name, headerExample(example)]],
  )
  builder.headers({ [contract.requestIdHeader]: recordedRequestId, ...Object.fromEntries(entries) } as never)
  switch (content.kind) {
    case 'none':
      return
    case 'json':
      if (body !== undefined)
        builder.jsonBody(plainExample(body)).matchingRules({ body: [...rulesFor(content.schema, body)] } as never)
      return
    case 'text':
      if (body !== undefined) describeText(builder, body, content.mediaType)
      return
    case 'bytes':
      if (raw) builder.body(raw.mediaType, raw.bytes).matchingRules(byValue)
  }
}

function describeText(builder: ReplyBuilder, body: unknown, mediaType: string): void {
  const rules = rulesFor(z.string(), body)
  builder.body(mediaType, Buffer.from(String(plainExample(body)))).matchingRules({ body: [...rules] } as never)
}

function headerExample(example: unknown): unknown {
  if (example instanceof Matching) return { 'pact:matcher:type': 'regex', regex: example.pattern, value: example.value }
  return example instanceof Exactly ? example.value : example
}

type RawBody = Readonly<{ mediaType: string; bytes: Buffer }>

/** A body of raw bytes with its media type: a Blob's own, or the one that the reply's headers give. */
async function rawBody(body: unknown, mediaType: string): Promise<RawBody | undefined> {
  if (body instanceof Blob) return { mediaType: body.type || mediaType, bytes: Buffer.from(await body.arrayBuffer()) }
  return body instanceof Uint8Array ? { mediaType, bytes: Buffer.from(body) } : undefined
}
