import type { Operation } from '#harness/contract/operation.ts'
import { ConnectionError, ReplyError, TimeoutError } from './errors.ts'

/**
 * Whether a failure may be over in a moment, so that another attempt makes sense: no whole answer came, or one of 502,
 * 503 and 504 (RFC 9110 §15.6) that the operation does not declare.
 */
export function isPassing(operation: Operation, error: unknown): boolean {
  if (error instanceof ReplyError) return isPassingStatus(operation, error.status)
  return error instanceof ConnectionError || error instanceof TimeoutError
}

/** Whether a status comes of what stands before the provider, and not of the operation. */
export function isPassingStatus(operation: Operation, status: number): boolean {
  return [502, 503, 504].includes(status) && !(status in (operation.spec.replies ?? {}))
}
