import type { IncomingMessage, ServerResponse } from 'node:http'

import type { ExchangeRecord } from './exchange-record.ts'
import type { LocalProvider, LocalWitness } from './local-provider.ts'
import type { ProxyCore } from './open-exchange.ts'
import type { Recorder } from './recorder.ts'
import type { Tape } from './tape.ts'
import type { Outcome } from './types.ts'

/** Lets a provider of this process answer a request on the client's own connection, and takes the exchange down. */
export function handleLocally(
  { recorder }: ProxyCore,
  local: LocalProvider,
  { incoming, response }: Readonly<{ incoming: IncomingMessage; response: ServerResponse }>,
): void {
  const exchange = new LocalExchange(recorder, incoming)
  response.once('close', () => exchange.broken())
  local.take(incoming, response, exchange)
}

/** One exchange with a provider of this process, while it runs. */
class LocalExchange implements LocalWitness {
  readonly #recorder: Recorder
  readonly #incoming: IncomingMessage
  readonly #record: ExchangeRecord
  #tape: Tape | undefined
  #outcome: Outcome = 'answered'

  constructor(recorder: Recorder, incoming: IncomingMessage) {
    const { method = 'GET', url = '/', rawHeaders } = incoming
    this.#recorder = recorder
    this.#incoming = incoming
    this.#record = recorder.open({ method, path: url, rawHeaders })
  }

  asked(chunk: Buffer): void {
    this.#record.requestBody.add(chunk)
  }

  head(status: number, rawHeaders: readonly string[], kind: 'whole' | 'events'): void {
    if (this.#record.settled) return
    this.#tape = kind === 'events' ? this.#record.events(status, rawHeaders) : this.#record.body(status, rawHeaders)
    if (kind === 'events') this.#outcome = 'streamed'
  }

  said(chunk: string | Uint8Array): void {
    if (!this.#record.settled) this.#tape?.add(chunk)
  }

  ended(): void {
    this.#takeUnread()
    this.#settle(this.#outcome)
  }

  /** Also when the client has gone. What is settled stays as it is. */
  broken(): void {
    this.#settle('aborted')
  }

  /** A provider may answer without reading the body: what has come in of it is on the record all the same. */
  #takeUnread(): void {
    if (this.#incoming.readableLength > 0 && this.#incoming.listenerCount('data') === 0)
      this.#record.requestBody.add(this.#incoming.read() as Buffer)
  }

  #settle(outcome: Outcome): void {
    this.#recorder.settle(this.#record, outcome)
  }
}
