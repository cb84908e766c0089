import type { RawHeaders } from './headers.ts'
import { ExchangeRecord } from './exchange-record.ts'
import { lateExchange } from './late-exchange.ts'
import type { Exchange, Outcome } from './types.ts'

const DEFAULT_KEEP = 1000

type RecorderOptions = { keep?: number | undefined; onExchange?: ((exchange: Exchange) => void) | undefined }

/** Keeps the last exchanges that have ended. */
export class Recorder {
  readonly #keep: number
  readonly #onExchange: ((exchange: Exchange) => void) | undefined
  #ended: ExchangeRecord[] = []
  #lastId = 0

  constructor({ keep = DEFAULT_KEEP, onExchange }: RecorderOptions) {
    this.#keep = keep
    this.#onExchange = onExchange
  }

  open({ method, path, rawHeaders }: { method: string; path: string; rawHeaders: RawHeaders }): ExchangeRecord {
    this.#lastId += 1
    return new ExchangeRecord({ id: this.#lastId, method, path, rawHeaders })
  }

  /** Ends an exchange, unless it has ended before. */
  settle(record: ExchangeRecord, outcome: Outcome): void {
    if (!record.settle(outcome)) return
    if (this.#keep > 0) this.#ended.push(record)
    if (this.#ended.length > this.#keep) this.#ended.shift()
    this.#onExchange?.(lateExchange(record))
  }

  /** The exchanges that have ended, in the order in which they began. */
  exchanges(): readonly Exchange[] {
    return this.#ended.toSorted((one, other) => one.head.id - other.head.id).map((record) => record.exchange())
  }

  clear(): void {
    this.#ended = []
  }
}
