import type { ExponentialBackoff, IBackoff, RetryPolicy } from 'cockatiel'
import type { AnyCallInput } from '#harness/contract/call.ts'
import { isIdempotent, type HttpOperation } from '#harness/contract/operation.ts'
import { attempt } from './exchange.ts'
import type { CallOptions } from './options.ts'
import { isPassing } from './passing.ts'
import { pause } from './pause.ts'
import { readReply, type ReadReply } from './reply.ts'
import { contextOf, requestInit, type Callable } from './request.ts'

type Caller = (input?: AnyCallInput, options?: CallOptions) => Promise<ReadReply>

/**
 * Makes the method of an HTTP operation. Idempotent calls are tried again, with exponential back-off and jitter, when no
 * whole answer came or when one of 502, 503 and 504 came that the operation does not declare.
 */
export function httpCaller(callable: Callable<HttpOperation>): Caller {
  async function once(input: AnyCallInput, options: CallOptions): Promise<ReadReply> {
    const context = contextOf(callable, input)
    const init = await requestInit(callable, input, context)
    return attempt(callable, { init, context, options }, (reply) => readReply(callable, reply, context))
  }
  return isIdempotent(callable.operation) ? retried(callable, once) : (input = {}, options = {}) => once(input, options)
}

function retried(
  { operation, settings }: Callable<HttpOperation>,
  once: (input: AnyCallInput, options: CallOptions) => Promise<ReadReply>,
): Caller {
  let retrying: Promise<Retrying> | undefined
  return async (input = {}, options = {}) => {
    retrying ??= retryingOf({ operation, settings })
    const { policy, delays } = await retrying
    let delay: IBackoff<unknown> | undefined
    return policy.execute(async ({ attempt: retries }) => {
      if (retries > 0) {
        delay = delay ? delay.next(undefined) : delays.next()
        await pause(delay.duration, options.signal)
      }
      return once(input, options)
    }, options.signal)
  }
}

type Retrying = Readonly<{ policy: RetryPolicy; delays: ExponentialBackoff<unknown> }>

/** Loaded with the first call: who holds a client need not call. */
async function retryingOf({
  operation,
  settings,
}: Pick<Callable<HttpOperation>, 'operation' | 'settings'>): Promise<Retrying> {
  const { ConstantBackoff, ExponentialBackoff, handleWhen, retry } = await import('cockatiel')
  return {
    // The pause is ours: the policy's own cannot be broken off.
    policy: retry(
      handleWhen((error) => isPassing(operation, error)),
      { maxAttempts: settings.retries, backoff: new ConstantBackoff(0) },
    ),
    delays: new ExponentialBackoff({ initialDelay: settings.retryDelayMs, maxDelay: 10_000 }),
  }
}
