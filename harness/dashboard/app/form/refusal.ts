import { z } from 'zod'
import { ReplyError } from '#harness/client/errors.ts'
import { Problem } from '#harness/contract/problem.ts'
import { messageOf } from '../use-task.ts'
import { refusedFields, type RefusedFields } from './refused-fields.ts'

const Details = z.object({ error: Problem.shape.error.pick({ details: true }) })

/** Sorts what the stack refused to the fields of a form; what belongs to none of them comes with the message. */
export function refusalOf(error: unknown, fields: readonly string[]): RefusedFields {
  const parsed = Details.safeParse(error instanceof ReplyError ? error.body : undefined)
  const details = parsed.data?.error.details
  if (!details || details.length === 0) return { byField: {}, others: [messageOf(error)] }
  return refusedFields(details, fields)
}
