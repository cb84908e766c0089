import { Pact, SpecificationVersion } from '@pact-foundation/pact'
import type { Expectation, ExpectedBody, HttpExpectation, MessageExpectation } from './expectation.ts'

/** A recording that waits for its consumer. */
export type OpenRecording = Readonly<{
  /** Where Pact's mock server answers; none for a message, which our own server plays. */
  url: string | undefined
  /** The consumer is through: writes the pact where all was as expected, and throws Pact's words where it was not. */
  finish: () => Promise<void>
}>

/** Lets Pact expect one interaction, and write it once the consumer is through. */
export async function openRecording(expectation: Expectation): Promise<OpenRecording> {
  process.env['PACT_DO_NOT_TRACK'] = 'true'
  const consumer = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<string | undefined>()
  const written = execute(expectation, (url) => {
    ready.resolve(url)
    return consumer.promise
  })
  written.catch((error: Error) => ready.reject(error))
  const url = await ready.promise
  return {
    url,
    async finish() {
      consumer.resolve()
      await written
    },
  }
}

type Play = (url: string | undefined) => Promise<void>

async function execute(expectation: Expectation, play: Play): Promise<void> {
  const pact = new Pact({
    consumer: expectation.consumer,
    provider: expectation.provider,
    dir: expectation.folder,
    spec: SpecificationVersion.SPECIFICATION_VERSION_V4,
    logLevel: 'error',
  })
  await (expectation.kind === 'http' ? executeHttp(pact, expectation, play) : executeMessage(pact, expectation, play))
}

async function executeHttp(pact: Pact, { request, response, ...common }: HttpExpectation, play: Play): Promise<void> {
  let interaction = pact.addInteraction().uponReceiving(common.description).testName(common.testFile)
  for (const { name, params } of common.states) interaction = interaction.given(name, params as never)
  await interaction
    .withRequest(request.method, request.path, (builder) => {
      const query = Object.entries(request.query).map(([name, values]): [string, string[]] => [name, [...values]])
      if (query.length > 0) builder.query(Object.fromEntries(query))
      describePart(builder, request)
    })
    .willRespondWith(response.status, (builder) => describePart(builder, response))
    .executeTest((server) => play(server.url))
}

async function executeMessage(
  pact: Pact,
  { request, response, rules, ...common }: MessageExpectation,
  play: Play,
): Promise<void> {
  let interaction = pact.addSynchronousInteraction(common.description).testName(common.testFile)
  for (const { name, params } of common.states) interaction = interaction.given(name, params as never)
  await interaction
    .withRequest((builder) => void builder.withJSONContent(request))
    .withResponse((builder) => {
      builder.withJSONContent(response)
      if (rules.length > 0) builder.withMatchingRules({ body: [...rules] } as never)
    })
    .executeTest(() => play(undefined))
}

/** What Pact's builders of requests and of responses have in common. */
type PartBuilder = Readonly<{
  headers: (headers: never) => unknown
  jsonBody: (body: unknown) => unknown
  body: (contentType: string, body: Buffer) => unknown
  matchingRules: (rules: never) => unknown
}>

function describePart(
  builder: PartBuilder,
  { headers, body }: { headers: Readonly<Record<string, unknown>>; body: ExpectedBody },
): void {
  builder.headers(headers as never)
  if (body.kind === 'none') return
  if (body.kind === 'json') builder.jsonBody(body.value)
  else builder.body(body.mediaType, Buffer.from(body.base64, 'base64'))
  if (body.rules.length > 0) builder.matchingRules({ body: [...body.rules] } as never)
}
