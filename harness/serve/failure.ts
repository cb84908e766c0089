import type { AnyContract } from '#harness/contract/contract.ts'
import type { FailureDetail, Refusal } from '#harness/contract/error-shape.ts'
import { jsonResponse } from './whole-response.ts'

export type FailureInput = Readonly<{
  status: number
  code: string
  message: string
  details?: readonly FailureDetail[] | undefined
  headers?: Readonly<Record<string, string>>
}>

/** A failure in the contract's error shape. */
export function failureResponse(contract: AnyContract, requestId: string, failure: FailureInput): Response {
  const { status, code, message, details, headers } = failure
  const body = contract.errors.body({ status, code, message, requestId, ...(details && { details }) })
  return jsonResponse(status, body, headers)
}

/** A refusal in the contract's error shape. */
export function refusalResponse(contract: AnyContract, requestId: string, refusal: Refusal): Response {
  return failureResponse(contract, requestId, refusal)
}

/** What a caller learns of a mistake of the provider's own: nothing but the request's id. */
export function internalErrorResponse(contract: AnyContract, requestId: string): Response {
  return failureResponse(contract, requestId, {
    status: 500,
    code: 'internal_error',
    message: 'The request could not be served. Quote the request id when you report this.',
  })
}
