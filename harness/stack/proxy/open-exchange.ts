import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import type { ClientConnection } from './client-connection.ts'
import type { ExchangeRecord } from './exchange-record.ts'
import type { LocalProvider } from './local-provider.ts'
import type { Recorder } from './recorder.ts'
import { resetSocket } from './socket-set.ts'
import type { Target } from './target.ts'
import type { Hooks, Outcome, ProxiedRequest } from './types.ts'
import type { Waits } from './waits.ts'

/** What all exchanges of one proxy share. */
export type ProxyCore = {
  readonly recorder: Recorder
  readonly target: () => Target
  /** The provider, where it can be given a request without a connection to it. */
  readonly local: () => LocalProvider | undefined
  readonly keepHost: boolean
  /** Whether a client finds its connection broken where there is no provider, instead of a reply that says so. */
  readonly resetsUnreachable: boolean
  /** The hooks for exchanges that begin now. */
  hooks: Hooks
  /** Woken when the hooks are swapped. */
  readonly waits: Waits
  connectionOf(socket: Socket): ClientConnection
  failed(failure: Error): void
}

/** One exchange while it runs: the two sides of the proxy, and the ways in which it can end. */
export class OpenExchange {
  readonly core: ProxyCore
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
  readonly hooks: Hooks
  readonly record: ExchangeRecord
  /** The request to the provider, once there is one. */
  upstream: ClientRequest | undefined
  #request: ProxiedRequest | undefined

  constructor(core: ProxyCore, incoming: IncomingMessage, response: ServerResponse) {
    this.core = core
    this.incoming = incoming
    this.response = response
    this.hooks = core.hooks
    const { method = 'GET', url = '/', rawHeaders } = incoming
    this.record = core.recorder.open({ method, path: url, rawHeaders })
    this.connection.begin(response)
    response.sendDate = false
    // A client that goes takes its connections to the provider along: see ClientConnection.
    response.once('close', () => this.settle('aborted'))
  }

  get connection(): ClientConnection {
    return this.core.connectionOf(this.incoming.socket)
  }

  /** The request as the client sent it, for the hooks. */
  get request(): ProxiedRequest {
    if (this.#request !== undefined) return this.#request
    const request = this.record.request()
    if (this.incoming.complete) this.#request = request
    return request
  }

  /** Gives the hooks the whole body where it was read in full; the record keeps the beginning only. */
  set request(request: ProxiedRequest) {
    this.#request = request
  }

  /** Notes the outcome, unless there is one. */
  settle(outcome: Outcome): void {
    this.core.recorder.settle(this.record, outcome)
  }

  /** Waits for some milliseconds; no longer than the client is there and its hooks are set. */
  async pause(ms: number): Promise<void> {
    const { socket } = this.incoming
    if (ms <= 0 || socket.destroyed || this.#swapped) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, ms)
    const forget = this.core.waits.add(resolve)
    socket.once('close', resolve)
    await promise
    clearTimeout(timer)
    forget()
    socket.off('close', resolve)
  }

  /** Never answers: the connection stays open for as long as the hooks are set. */
  hang(): void {
    this.settle('hung')
    if (this.#swapped) return this.reset()
    const forget = this.core.waits.add(() => this.reset())
    this.incoming.socket.once('close', forget)
  }

  get #swapped(): boolean {
    return this.core.hooks !== this.hooks
  }

  /** Breaks both connections; the client's with a TCP reset, so that it loses what it has not read yet. */
  reset(): void {
    this.settle('reset')
    this.upstream?.destroy()
    resetSocket(this.incoming.socket)
  }

  /** Ends both connections in the middle of the reply; the client gets all that was sent before. */
  breakOff(outcome: 'reset' | 'aborted'): void {
    this.settle(outcome)
    this.upstream?.destroy()
    this.incoming.socket.destroySoon()
  }
}
