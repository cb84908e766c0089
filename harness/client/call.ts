import { ExponentialBackoff, handleWhen, retry, type RetryPolicy } from 'cockatiel'
import type { AnyCallInput } from '#harness/contract/call.ts'
import { isIdempotent, type HttpOperation } from '#harness/contract/operation.ts'
import { ConnectionError, ReplyError, TimeoutError } from './errors.ts'
import { attempt } from './exchange.ts'
import type { CallOptions } from './options.ts'
import { readReply, type ReadReply } from './reply.ts'
import { contextOf, requestInit, type Callable } from './request.ts'

/**
 * Makes the method of an HTTP operation. Idempotent calls are tried again, with exponential back-off and jitter, when no
 * whole answer came or when one of 502, 503 and 504 came that the operation does not declare.
 */
export function httpCaller(
  callable: Callable<HttpOperation>,
): (input?: AnyCallInput, options?: CallOptions) => Promise<ReadReply> {
  const policy = isIdempotent(callable.operation) ? retryPolicy(callable) : undefined
  async function once(input: AnyCallInput, options: CallOptions): Promise<ReadReply> {
    const context = contextOf(callable, input)
    const init = requestInit(callable, input, context)
    return attempt(callable, { init, context, options }, (reply) => readReply(callable, reply, context))
  }
  return (input = {}, options = {}) =>
    policy ? policy.execute(() => once(input, options), options.signal) : once(input, options)
}

function retryPolicy({ operation, settings }: Callable<HttpOperation>): RetryPolicy {
  return retry(
    handleWhen((error) => {
      if (error instanceof ReplyError)
        return [502, 503, 504].includes(error.status) && !(error.status in operation.spec.replies)
      return error instanceof ConnectionError || error instanceof TimeoutError
    }),
    {
      maxAttempts: settings.retries,
      backoff: new ExponentialBackoff({ initialDelay: settings.retryDelayMs, maxDelay: 10_000 }),
    },
  )
}
