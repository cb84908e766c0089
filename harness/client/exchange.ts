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
function asConnectionError(error: unknown, context: CallContext): unknown {
  if (!isNetworkFailure(error)) return error
  const from = URL.canParse(context.url) ? new URL(context.url).origin : 'the origin of this page'
  return new ConnectionError(context, `no whole answer from ${from}: ${reasonOf(error)}. Is the provider running?`, {
    cause: error,
  })
}

type ErrorLike = Readonly<{ name: string; message: string; code?: unknown; cause?: unknown }>

/** By name, not by class: what `fetch` throws may come from another realm than ours, as from a frame or a test sandbox. */
function isNetworkFailure(error: unknown): error is ErrorLike {
  return isErrorLike(error) && (error.name === 'TypeError' || typeof error.code === 'string')
}

function isErrorLike(value: unknown): value is ErrorLike {
  return typeof value === 'object' && value !== null && 'name' in value && 'message' in value
}

function reasonOf({ message, cause }: ErrorLike): string {
  return (isErrorLike(cause) && cause.message) || message
}
