import type { AnyContract } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import { corsOf } from '#harness/serve/cors.ts'
import { internalErrorResponse, refusalResponse } from '#harness/serve/failure.ts'
import { routeTable, type Route, type RouteTable } from '#harness/serve/routes.ts'
import type { Served, Service } from '#harness/serve/service.ts'
import { examplesOf } from './examples.ts'
import type { Answerable } from './preferred.ts'

/** What answers the requests of one session, and until when. */
export type Answering = Readonly<{ service: Service; gone: AbortSignal; served: (served: Served) => void }>

export type SteeredOptions = Readonly<{
  /** The contract as it is served to pages of other origins. */
  contract: AnyContract
  pacts: readonly PactFile[]
  seed: number
  allowedOrigins: readonly string[]
  onFinding: ((finding: Finding) => void) | undefined
  /** What answers a session; all that name none share one. */
  answering: (session: string | undefined) => Answering
}>

/** What all steered requests to a mock have in common. */
export type Site = Readonly<{
  contract: AnyContract
  routes: RouteTable
  answering: SteeredOptions['answering']
  answerable: (route: Route) => Answerable
  /** Gives an answer of ours the headers that all answers of the component have. */
  finish: (response: Response, request: Request, requestId: string) => Response
  /** What a caller gets for what was thrown. Whatever is no refusal is a finding. */
  failed: (error: unknown, operation: string, requestId: string) => Response
}>

export function makeSite({ contract, pacts, seed, allowedOrigins, onFinding, answering }: SteeredOptions): Site {
  const cors = corsOf(contract, allowedOrigins)
  const examples = examplesOf(contract, pacts)
  return {
    contract,
    routes: routeTable(contract),
    answering,
    answerable: ({ name, operation }) => ({ contract, name, operation, examples: examples(name), pacts, seed }),
    finish(response, request, requestId) {
      if (response.type === 'error') return response
      response.headers.set(contract.requestIdHeader, requestId)
      cors?.expose(request, response.headers)
      return response
    },
    failed(error, operation, requestId) {
      if (error instanceof Refusal) return refusalResponse(contract, requestId, error)
      onFinding?.({
        code: 'handler-failed',
        severity: 'error',
        operation,
        message: `${contract.name} could not answer ${requestId} as its headers ask: ${error instanceof Error ? error.message : String(error)}.`,
        fix: 'Correct the example or the contract, or ask for something else.',
      })
      return internalErrorResponse(contract, requestId)
    },
  }
}
