import { contentOf } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { plainExample } from '#harness/contract/example.ts'
import { fillPath } from '#harness/contract/path.ts'
import { expectedCredential } from './expected-credential.ts'
import type { AnyInteraction } from './interaction.ts'

/** The id that recorded requests have in a pact. */
export const recordedRequestId = 'recorded-request'

/** A header of a recorded request: its text in the pact, how it is compared, and how it is filled at replay. */
export type ExpectedHeader = Readonly<{ value: string; pattern?: string; expression?: string }>

/** The request that the consumer is expected to send. */
export type ExpectedRequest = Readonly<{
  method: string
  path: string
  query: Readonly<Record<string, readonly string[]>>
  headers: Readonly<Record<string, ExpectedHeader>>
  body: unknown
}>

/** The request of an interaction, by its call and states. */
export function expectedRequest(contract: AnyContract, interaction: AnyInteraction): ExpectedRequest {
  const { operation, input } = interaction.call
  const headers: Record<string, ExpectedHeader> = {
    [contract.requestIdHeader]: { value: recordedRequestId, pattern: '^[A-Za-z0-9_.:-]{1,128}$' },
  }
  for (const [name, value] of Object.entries(input.headers ?? {})) headers[name] = { value: String(value) }
  const lastEventId = plainExample(interaction.resumesAfter?.at(-1)?.id)
  if (lastEventId !== undefined) headers['last-event-id'] = { value: String(lastEventId as string) }
  const credential = expectedCredential(contract, interaction)
  if (credential) headers[credential[0]] = credential[1]
  return {
    method: operation.method,
    path: fillPath(operation.path, input.params),
    query: queryOf(input.query),
    headers,
    body: operation.kind === 'ws' || contentOf(operation.spec.body).kind === 'none' ? undefined : input.body,
  }
}

function queryOf(query: Readonly<Record<string, unknown>> = {}): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, (Array.isArray(value) ? value : [value]).map(String)]],
    ),
  )
}

/** A header in Pact's integration format: its matcher, and the expression that a state's value fills at replay. */
export function integrationHeader({ value, pattern, expression }: ExpectedHeader): unknown {
  if (pattern === undefined) return value
  return {
    'pact:matcher:type': 'regex',
    regex: pattern,
    value,
    ...(expression !== undefined && { 'pact:generator:type': 'ProviderState', expression }),
  }
}
