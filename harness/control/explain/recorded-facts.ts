import type { HttpPactInteraction, MessagePactInteraction, PactInteraction } from '#harness/pact/file/pact-file.ts'
import type { Envelope, PreflightEnvelope, Run, SseEnvelope, WsEnvelope } from '#harness/pact/stream/envelope.ts'
import type { Facts } from './facts.ts'

type Body = Readonly<{ content?: unknown; contentType?: string }>

const none: ReadonlySet<string> = new Set()

/** The facts of an interaction. */
export function recordedFacts(interaction: PactInteraction): Facts {
  return interaction.type === 'Synchronous/HTTP' ? httpFacts(interaction) : envelopeFacts(interaction)
}

function httpFacts({ request, response }: HttpPactInteraction): Facts {
  const headers = (request['headers'] ?? {}) as Readonly<Record<string, unknown>>
  return {
    transport: 'http',
    method: request.method,
    query: request.query ?? {},
    headers: namesOf(headers),
    body: jsonContent(request.body),
    status: response.status,
    replyBody: jsonContent(response.body),
    received: none,
    sent: none,
  }
}

function envelopeFacts({ request, response }: MessagePactInteraction): Facts {
  const envelope = request.contents.content as Envelope
  const came = response[0]?.contents.content
  const common = { query: envelope.query, headers: namesOf(envelope.headers), replyBody: undefined }
  switch (envelope.transport) {
    case 'sse':
      return { ...common, ...sseFacts(envelope), received: new Set((came as readonly Run[]).map(({ name }) => name)) }
    case 'ws':
      return { ...common, ...wsFacts(envelope, came) }
    case 'preflight':
      return { ...common, ...preflightFacts(envelope) }
  }
}

function sseFacts({ method, body }: SseEnvelope): Pick<Facts, 'transport' | 'method' | 'body' | 'status' | 'sent'> {
  return { transport: 'sse', method, body, status: 200, sent: none }
}

function wsFacts({ steps }: WsEnvelope, came: unknown): Omit<Facts, 'query' | 'headers' | 'replyBody'> {
  const items = came as readonly (Run | Readonly<{ refused: number }>)[]
  const refused = items.find((item) => 'refused' in item)?.refused
  return {
    transport: 'ws',
    method: 'GET',
    body: undefined,
    status: refused ?? 101,
    received: new Set(items.flatMap((item) => ('name' in item ? [item.name] : []))),
    sent: new Set(steps.flatMap((step) => ('send' in step ? [step.send] : []))),
  }
}

function preflightFacts({ method }: PreflightEnvelope): Omit<Facts, 'query' | 'headers' | 'replyBody'> {
  return { transport: 'preflight', method, body: undefined, status: 204, received: none, sent: none }
}

function namesOf(headers: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  return new Set(Object.keys(headers).map((name) => name.toLowerCase()))
}

function jsonContent(body: unknown): unknown {
  const { content, contentType = '' } = (body ?? {}) as Body
  return /json/.test(contentType) ? content : undefined
}
