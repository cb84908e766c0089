import type { RequestParts } from './read-request.ts'
import type { AnyHandlerInput } from './service.ts'

/** What a handler gets. What few handlers ask for is made when they do. */
export class HandlerInput implements AnyHandlerInput {
  readonly params: unknown
  readonly query: unknown
  readonly headers: unknown
  readonly body: unknown
  readonly principal: unknown
  readonly request: Request
  readonly requestId: string
  readonly #signal: AbortSignal | undefined

  /** @param signal in place of the request's own: a channel outlives the request that opened it */
  // oxlint-disable-next-line eslint/max-params -- made for each request: an object of these would be one more
  constructor(
    asked: Pick<AnyHandlerInput, 'request' | 'requestId'>,
    principal: unknown,
    parts: RequestParts,
    signal?: AbortSignal,
  ) {
    this.params = parts.params
    this.query = parts.query
    this.headers = parts.headers
    this.body = parts.body
    this.principal = principal
    this.request = asked.request
    this.requestId = asked.requestId
    this.#signal = signal
  }

  get signal(): AbortSignal {
    return this.#signal ?? this.request.signal
  }

  get lastEventId(): string | undefined {
    return this.request.headers.get('last-event-id') ?? undefined
  }
}
