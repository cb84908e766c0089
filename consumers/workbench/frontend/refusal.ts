import type { z } from 'zod'
import type { Problem } from '#harness/contract/problem.ts'
import { ReplyError } from '#harness/client/errors.ts'

export type FieldMistake = Readonly<{ field: string; message: string }>

/** Why the backend refused, in the kinds that a page treats differently. `requestId` is to be quoted in reports. */
export type Refusal = Readonly<{ code: string; message: string; requestId: string }> &
  (
    | Readonly<{ kind: 'unauthorized' }>
    | Readonly<{ kind: 'not-found' }>
    | Readonly<{ kind: 'invalid'; fields: readonly FieldMistake[] }>
    | Readonly<{ kind: 'too-many-attempts'; waitSeconds: number | undefined }>
    | Readonly<{ kind: 'refused'; status: number }>
  )

/** The refusal in what an API function threw; undefined where it failed for another reason, such as a lost connection. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof ReplyError) || !isProblem(thrown)) return undefined
  const { error } = thrown.body
  const common = { code: error.code, message: error.message, requestId: thrown.requestId }
  switch (thrown.status) {
    case 401:
      return { ...common, kind: 'unauthorized' }
    case 404:
      return { ...common, kind: 'not-found' }
    case 422:
      return { ...common, kind: 'invalid', fields: (error.details ?? []).map(fieldMistake) }
    case 429:
      return { ...common, kind: 'too-many-attempts', waitSeconds: thrown.retryAfterSeconds }
    default:
      return { ...common, kind: 'refused', status: thrown.status }
  }
}

/** The client has read the body by the contract already; only a reply that the contract does not declare lacks it. */
function isProblem(thrown: ReplyError): thrown is ReplyError<z.output<typeof Problem>> {
  return typeof thrown.body === 'object' && thrown.body !== null && 'error' in thrown.body
}

function fieldMistake({ field, message }: FieldMistake): FieldMistake {
  return { field, message }
}
