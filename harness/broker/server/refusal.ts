import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A request that the broker refuses, with the body that says why, in the shape of the Pact Broker. */
export class BrokerRefusal extends Error {
  override readonly name = 'BrokerRefusal'
  readonly status: ContentfulStatusCode
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: ContentfulStatusCode, body: Readonly<Record<string, unknown>>) {
    super(`refused with ${status}: ${JSON.stringify(body)}`)
    this.status = status
    this.body = body
  }
}

/** Messages by field: `{ name: ["can't be blank"] }`. */
export type FieldErrors = Readonly<Record<string, unknown>>

/** 400 with `{ errors: { field: [message] } }`. */
export function invalid(errors: FieldErrors | readonly string[]): BrokerRefusal {
  return new BrokerRefusal(400, { errors })
}

/** 404 in the Pact Broker's words. */
export function notFound(): BrokerRefusal {
  return new BrokerRefusal(404, { error: 'The requested document was not found on this server.' })
}

/** Gives what was found, or refuses with 404. */
export function orNotFound<T>(found: T | undefined): T {
  if (found === undefined) throw notFound()
  return found
}
