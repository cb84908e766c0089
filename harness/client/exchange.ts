import type { HttpOperation, SseOperation } from '#harness/contract/operation.ts'
import { ConnectionError, TimeoutError, type CallContext } from './errors.ts'
import type { CallOptions } from './options.ts'
import type { Callable } from './request.ts'

/**
 * One attempt to send: gives the reply, its body not yet read. The deadline goes on while `read` reads the body.
 * @throws TimeoutError, ConnectionError, or the caller's own abort reason.
 */
export async function attempt<T>(
  callable: Callable<HttpOperation | SseOperation>,
  call: Readonly<{ init: RequestInit; context: CallContext; options: CallOptions }>,
  read: (reply: Response) => Promise<T>,
): Promise<T> {
  const { settings } = callable
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), settings.timeoutMs)
  const signals = [deadline.signal, ...(call.options.signal ? [call.options.signal] : [])]
  try {
    const reply = await settings.fetch(call.context.url, { ...call.init, signal: AbortSignal.any(signals) })
    if (settings.credentials.kind === 'cookies') settings.credentials.jar.take(reply)
    return await read(reply)
  } catch (error) {
    if (call.options.signal?.aborted) throw call.options.signal.reason
    if (deadline.signal.aborted)
      throw new TimeoutError(call.context, `no answer within ${settings.timeoutMs} ms. Is the provider overloaded?`)
    throw asConnectionError(error, call.context)
  } finally {
    clearTimeout(timer)
  }
}

/** Failures of the network become ConnectionErrors; everything else stays what it is. */
export function asConnectionError(error: unknown, context: CallContext): unknown {
  if (!(error instanceof TypeError) && !isSystemError(error)) return error
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : (error as Error).message
  return new ConnectionError(
    context,
    `no whole answer from ${new URL(context.url).origin}: ${cause}. Is the provider running?`,
    { cause: error },
  )
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
