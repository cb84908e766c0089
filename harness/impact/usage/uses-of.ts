import type { HttpPactInteraction, MessagePactInteraction, PactFile } from '#harness/pact/file/pact-file.ts'
import type { Envelope } from '#harness/pact/stream/envelope.ts'
import { pathMatcher } from '#harness/serve/routes.ts'
import type { ContractDescription } from '../description/description.ts'
import { placesIn, type Places, type Use } from './use.ts'

/** What the interactions of a pact use of a contract. Those that call none of its operations, and preflights, use nothing. */
export function usesOf(pact: PactFile, contract: ContractDescription): readonly Use[] {
  return pact.interactions.flatMap((interaction): Use[] => {
    const common = {
      interaction: interaction.description,
      testFile: interaction.comments?.testname,
      states: (interaction.providerStates ?? []).map(({ name }) => name),
    }
    const own =
      interaction.type === 'Synchronous/HTTP' ? httpUse(interaction, contract) : messageUse(interaction, contract)
    return own ? [{ ...common, ...own }] : []
  })
}

type Own = Omit<Use, 'interaction' | 'testFile' | 'states'>

function httpUse({ request, response }: HttpPactInteraction, contract: ContractDescription): Own | undefined {
  const operation = operationAt(contract, request.method, request.path)
  if (operation === undefined) return undefined
  const headers = firstValues(request['headers'])
  const status = String(response.status)
  return {
    operation,
    status,
    succeeds: response.status < 400,
    follows: false,
    credential: credentialOf(headers),
    mediaType: mediaTypeOf(request.body, headers),
    sent: parts({ params: {}, query: request.query ?? {}, headers, body: contentOf(request.body) }),
    read: parts({
      [`reply ${status} body`]: contentOf(response.body),
      [`reply ${status} headers`]: firstValues(response.headers),
    }),
  }
}

function messageUse({ request, response }: MessagePactInteraction, contract: ContractDescription): Own | undefined {
  const envelope = request.contents.content as Envelope
  if (envelope.transport === 'preflight' || !(envelope.operation in contract.operations)) return undefined
  const headers = lowerCase(envelope.headers)
  const runs = runsIn(response[0]?.contents.content)
  const refused = runs.find(({ refused: status }) => status !== undefined)?.refused
  const word = envelope.transport === 'sse' ? 'event' : 'receives'
  const read = runs.flatMap(({ name, items = [] }) =>
    name === undefined ? [] : [[`${word} ${name}`, items.map(({ data }) => data)] as const],
  )
  const steps = envelope.transport === 'ws' ? envelope.steps : []
  const sends = steps.flatMap((step) => ('send' in step ? [[`sends ${step.send}`, [step.data]] as const] : []))
  const body = envelope.transport === 'sse' ? envelope.body : undefined
  return {
    operation: envelope.operation,
    status: refused === undefined ? undefined : String(refused),
    succeeds: refused === undefined,
    follows: refused === undefined,
    credential: credentialOf(headers),
    mediaType: body === undefined ? undefined : 'application/json',
    sent: union([parts({ params: {}, query: envelope.query, headers, body }), ofItems(sends)]),
    read: ofItems(read),
  }
}

type SeenRun = Readonly<{ name?: string; items?: readonly Readonly<{ data: unknown }>[]; refused?: number }>

function runsIn(content: unknown): readonly SeenRun[] {
  return Array.isArray(content) ? (content as SeenRun[]) : []
}

/** The operation that a request calls. Literal paths win over parameters. */
function operationAt({ operations }: ContractDescription, method: string, path: string): string | undefined {
  const found = Object.entries(operations)
    .filter(([, operation]) => operation.kind !== 'ws' && operation.method === method)
    .filter(([, operation]) => pathMatcher(operation.path)(path) !== undefined)
    .toSorted(([, a], [, b]) => a.path.split('{').length - b.path.split('{').length)
  return found[0]?.[0]
}

function parts(values: Readonly<Record<string, unknown>>): Places {
  return new Map(
    Object.entries(values).flatMap(([part, value]) => (value === undefined ? [] : [[part, placesIn(value)] as const])),
  )
}

function ofItems(named: readonly (readonly [part: string, items: readonly unknown[]])[]): Places {
  return union(named.map(([part, items]) => new Map(items.map((item) => [part, placesIn(item)]))))
}

function union(all: readonly Places[]): Places {
  const found = new Map<string, ReadonlySet<string>>()
  for (const places of all) {
    for (const [part, paths] of places) found.set(part, paths.union(found.get(part) ?? new Set()))
  }
  return found
}

type Headers = Readonly<Record<string, string>>

function lowerCase(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Headers as a pact has them, each a list. */
function firstValues(headers: unknown): Headers {
  const given = (headers ?? {}) as Readonly<Record<string, readonly string[]>>
  return lowerCase(Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values[0] ?? ''])))
}

/** How a request proves who sends it, as contracts describe it: the cookie, or the scheme word. */
function credentialOf(headers: Headers): string | undefined {
  const { authorization, cookie } = headers
  if (authorization !== undefined) return authorization.split(' ')[0]?.toLowerCase()
  return cookie === undefined ? undefined : `cookie ${cookie.split('=')[0] ?? ''}`
}

type Body = Readonly<{ content?: unknown; contentType?: string }>

function contentOf(body: unknown): unknown {
  return (body as Body | undefined)?.content
}

function mediaTypeOf(body: unknown, headers: Headers): string | undefined {
  if (body === undefined) return undefined
  return headers['content-type'] ?? (body as Body).contentType
}
