/** What is known of a call that failed. */
export type CallContext = Readonly<{ operation: string; url: string; requestId: string }>

/** The base of everything that a client throws: which call, and the id to quote when reporting it. */
export abstract class CallError extends Error {
  readonly operation: string
  readonly url: string
  readonly requestId: string

  constructor(context: CallContext, message: string, options?: ErrorOptions) {
    super(`${context.operation}: ${message} (request ${context.requestId})`, options)
    this.operation = context.operation
    this.url = context.url
    this.requestId = context.requestId
  }
}

/** The provider refused: a declared status of 400 or above, with its body read by the contract. */
export class ReplyError<Body = unknown> extends CallError {
  override readonly name = 'ReplyError'
  readonly status: number
  readonly body: Body
  readonly headers: Headers
  /** Code and message out of the contract's error shape, where the body has it. */
  readonly problem: { readonly code: string; readonly message: string } | undefined

  constructor(
    context: CallContext,
    reply: { status: number; body: Body; headers: Headers; problem: ReplyError['problem'] },
  ) {
    super(context, `answered ${reply.status}${reply.problem ? ` ${reply.problem.code}: ${reply.problem.message}` : ''}`)
    this.status = reply.status
    this.body = reply.body
    this.headers = reply.headers
    this.problem = reply.problem
  }

  /** Seconds to wait that the provider asks for (RFC 9110 §10.2.3), where it does. */
  get retryAfterSeconds(): number | undefined {
    const seconds = Number(this.headers.get('retry-after') ?? Number.NaN)
    return Number.isFinite(seconds) ? seconds : undefined
  }
}

/** The provider answered something that the contract does not have. Never retried, never passed on as data. */
export class ContractViolation extends CallError {
  override readonly name = 'ContractViolation'
}

/** No answer within the time given. */
export class TimeoutError extends CallError {
  override readonly name = 'TimeoutError'
}

/** No connection, or one that broke before the answer was complete. */
export class ConnectionError extends CallError {
  override readonly name = 'ConnectionError'
}

/** A stream or channel that broke off before its end. */
export class StreamBroken extends CallError {
  override readonly name = 'StreamBroken'
}
