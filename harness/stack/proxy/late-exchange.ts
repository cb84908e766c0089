import type { ExchangeRecord } from './exchange-record.ts'
import type { Exchange } from './types.ts'

/** An exchange that has ended, as it is told: its parts are read when somebody looks at them. */
export function lateExchange(record: ExchangeRecord): Exchange {
  return new LateExchange(record) as Exchange
}

/** Parts that are not there are undefined, and not absent. */
type Late<T> = { readonly [Name in keyof T]: T[Name] | undefined }
type Reply = NonNullable<Exchange['reply']>

class LateExchange implements Late<Exchange> {
  readonly #record: ExchangeRecord
  #request: LateRequest | undefined
  #reply: LateReply | undefined

  constructor(record: ExchangeRecord) {
    this.#record = record
  }

  get id(): number {
    return this.#record.head.id
  }

  get at(): number {
    return this.#record.at
  }

  get durationMs(): number {
    return this.#record.end.durationMs
  }

  get outcome(): Exchange['outcome'] {
    return this.#record.end.outcome
  }

  get held(): number {
    return this.#record.held
  }

  get request(): Exchange['request'] {
    return (this.#request ??= new LateRequest(this.#record))
  }

  get reply(): Exchange['reply'] {
    const { status } = this.#record
    return status === undefined ? undefined : ((this.#reply ??= new LateReply(this.#record, status)) as Reply)
  }

  get events(): Exchange['events'] {
    return this.#record.kind === 'events' ? this.#record.exchange().events : undefined
  }

  get frames(): Exchange['frames'] {
    return this.#record.kind === 'channel' ? this.#record.exchange().frames : undefined
  }

  get cut(): Exchange['cut'] {
    return this.#record.exchange().cut
  }
}

class LateRequest implements Late<Exchange['request']> {
  readonly #record: ExchangeRecord
  #whole: Exchange['request'] | undefined

  constructor(record: ExchangeRecord) {
    this.#record = record
  }

  get id(): number {
    return this.#record.head.id
  }

  get method(): string {
    return this.#record.head.method
  }

  get path(): string {
    return this.#record.head.path
  }

  get headers(): Exchange['request']['headers'] {
    return (this.#whole ??= this.#record.request()).headers
  }

  get body(): Buffer {
    return (this.#whole ??= this.#record.request()).body
  }
}

class LateReply implements Late<Reply> {
  readonly status: number
  readonly #record: ExchangeRecord

  constructor(record: ExchangeRecord, status: number) {
    this.status = status
    this.#record = record
  }

  get headers(): Reply['headers'] {
    return this.#record.exchange().reply?.headers ?? {}
  }

  get body(): Reply['body'] {
    return this.#record.exchange().reply?.body
  }
}
