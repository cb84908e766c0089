import { ReplyError } from '#harness/client/errors.ts'
import { failureOf } from '#harness/client/testing/failure-of.ts'

/** Status and code of the reply that a call was refused with, as `409 lease_lost`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const failure = await failureOf(call)
  if (!(failure instanceof ReplyError)) throw failure
  return `${failure.status} ${failure.problem?.code}`
}
