import type { z } from 'zod'
import type { Problem } from '#harness/contract/problem.ts'
import { ConnectionError, ReplyError, TimeoutError } from '#harness/client/errors.ts'

export type FieldMistake = Readonly<{ field: string; message: string }>

/** Why a provider refused, in the kinds that callers treat differently. `requestId` is to be quoted in reports. */
export type Refusal = Readonly<{ code: string; message: string; requestId: string }> &
  (
    | Readonly<{ kind: 'unauthorized' }>
    | Readonly<{ kind: 'forbidden' }>
    | Readonly<{ kind: 'not-found' }>
    | Readonly<{ kind: 'conflict' }>
    | Readonly<{ kind: 'invalid'; fields: readonly FieldMistake[] }>
    | Readonly<{ kind: 'refused'; status: number }>
  )

/** The refusal in what a call threw; undefined where it failed for another reason, such as a lost connection. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof ReplyError) || !isProblem(thrown)) return undefined
  const { error } = thrown.body
  const common = { code: error.code, message: error.message, requestId: thrown.requestId }
  switch (thrown.status) {
    case 401:
      return { ...common, kind: 'unauthorized' }
    case 403:
      return { ...common, kind: 'forbidden' }
    case 404:
      return { ...common, kind: 'not-found' }
    case 409:
      return { ...common, kind: 'conflict' }
    case 422:
      return { ...common, kind: 'invalid', fields: (error.details ?? []).map(fieldMistake) }
    default:
      return { ...common, kind: 'refused', status: thrown.status }
  }
}

/** Whether nobody answered: no connection, no answer in time, or a gateway that says so. Worth another try later. */
export function isOutOfReach(thrown: unknown): boolean {
  if (thrown instanceof ConnectionError || thrown instanceof TimeoutError) return true
  return thrown instanceof ReplyError && [502, 503, 504].includes(thrown.status) && !isProblem(thrown)
}

/** What a call gives, or undefined where what it asks for is not there (404). */
export async function ifFound<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (refusalOf(error)?.kind === 'not-found') return undefined
    throw error
  }
}

/** The client has read the body by the contract already; only a reply that the contract does not declare lacks it. */
function isProblem(thrown: ReplyError): thrown is ReplyError<z.output<typeof Problem>> {
  return typeof thrown.body === 'object' && thrown.body !== null && 'error' in thrown.body
}

function fieldMistake({ field, message }: FieldMistake): FieldMistake {
  return { field, message }
}
