import { contentOf, isMediaType } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { queryString } from '#harness/contract/path.ts'
import type { HttpPactInteraction, PactFile } from '../file/pact-file.ts'
import { fill } from '../stream/expressions.ts'
import { operationOf } from './operation-of.ts'
import { placeOfReplay } from './place.ts'
import type { Target } from './target.ts'

/** A body at the limit of what an operation takes, and the status that it has to be answered with. */
export type BodyLimit = Readonly<{
  /** `takes 5242880 bytes, as many as the contract allows` */
  description: string
  operation: string
  bytes: number
  status: number
  /** The interaction whose states and request are used. */
  interaction: HttpPactInteraction
}>

/**
 * The limits of bodies that a contract promises, and a pact uses: for each operation that takes bytes the largest body
 * that it takes and, where the contract has a 413, one byte more. Pact's Verifier itself sends no more than 100 kB.
 */
export function bodyLimits(pact: PactFile, contract: AnyContract): readonly BodyLimit[] {
  const uploads = new Map<string, BodyLimit>()
  for (const interaction of pact.interactions) {
    const operation = operationOf(contract, interaction)
    const bytes = mostBytes(contract, operation)
    if (operation === undefined || bytes === undefined || interaction.type !== 'Synchronous/HTTP') continue
    const { status } = interaction.response
    const description = `${operation} takes ${bytes} bytes, as many as the contract allows`
    if (status < 300 && !uploads.has(operation))
      uploads.set(operation, { description, operation, bytes, status, interaction })
  }
  return [...uploads.values()].flatMap((limit) => [limit, ...oneMore(limit, contract)])
}

function mostBytes(contract: AnyContract, name: string | undefined): number | undefined {
  const operation = name === undefined ? undefined : contract.operations[name]
  if (operation?.kind !== 'http') return undefined
  const content = contentOf(operation.spec.body)
  return content.kind === 'bytes' ? content.maxBytes : undefined
}

function oneMore(limit: BodyLimit, contract: AnyContract): readonly BodyLimit[] {
  const operation = contract.operations[limit.operation]
  if (operation?.kind !== 'http' || !(413 in operation.spec.replies)) return []
  const bytes = limit.bytes + 1
  return [
    { ...limit, bytes, status: 413, description: `${limit.operation} refuses ${bytes} bytes, as the contract says` },
  ]
}

type LimitRequest = Readonly<{ pact: PactFile; contract: AnyContract; target: Target; timeoutMs?: number }>

/**
 * Sends a body at its limit, on the states of its interaction. What is found: another status, a refusal that is not in the
 * contract's own words, no answer.
 */
export async function replayBodyLimit(
  { operation, description, bytes, status, interaction }: BodyLimit,
  { pact, contract, target, timeoutMs = 10_000 }: LimitRequest,
): Promise<readonly Finding[]> {
  const fix = 'Let all that it passes take as much as the contract says.'
  const place = {
    ...placeOfReplay(pact, interaction, target),
    interaction: description,
    operation,
    severity: 'error' as const,
  }
  try {
    const reply = await send(interaction, bytes, { target, signal: AbortSignal.timeout(timeoutMs) })
    const body: unknown = await reply.json().catch(() => undefined)
    if (reply.status !== status) {
      const message = `A body of ${bytes} bytes is answered ${reply.status}, not ${status}.`
      return [{ ...place, code: 'interaction-mismatch', path: '$.reply.status', message, fix }]
    }
    if (status !== 413 || contract.errors.schema.safeParse(body).success) return []
    const type = reply.headers.get('content-type')
    const isJson = isMediaType(type, 'application/json')
    const message = `The refusal of ${bytes} bytes is ${isJson ? 'not in the error shape' : String(type)}: it was not written by ${contract.name}.`
    return [{ ...place, code: 'interaction-mismatch', path: '$.reply.body', message, fix }]
  } catch (error) {
    const message = `A body of ${bytes} bytes is not answered: ${String(error)}.`
    return [{ ...place, code: 'no-answer', message, fix }]
  }
}

type Sending = Readonly<{ target: Target; signal: AbortSignal }>

async function send({ providerStates = [], request }: HttpPactInteraction, bytes: number, { target, signal }: Sending) {
  await target.reset()
  const values: Record<string, unknown> = {}
  for (const { name, params = {} } of providerStates) Object.assign(values, await target.setUp(name, params))
  const { method, path, query, headers, generators } = request as typeof request & Sent
  const filled = Object.entries(generators?.header ?? {}).map(([name, { expression }]) => [
    name,
    fill(expression, values),
  ])
  return fetch(`${target.baseUrl}${path}${queryString(query)}`, {
    method,
    headers: {
      ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, given]) => [name, given.join(', ')])),
      ...Object.fromEntries(filled),
    },
    body: Buffer.alloc(bytes, 'concordat'),
    signal,
  })
}

/** What of a request the Pact Specification has beside what this harness checks on reading. */
type Sent = Readonly<{
  headers?: Readonly<Record<string, readonly string[]>>
  generators?: Readonly<{ header?: Readonly<Record<string, Readonly<{ expression: string }>>> }>
}>
