import type { IncomingMessage, ServerResponse as HttpResponse } from 'node:http'
import type { Socket } from 'node:net'

import { ServerResponse } from './node-http.ts'

/**
 * A client's connection between its upgrade request and the answer. It is read meanwhile: a socket that nobody reads
 * does not notice that the other side has gone.
 */
export class UpgradeSocket {
  readonly socket: Socket
  /** For an answer that is no switch of protocols; the connection ends with it. */
  readonly response: HttpResponse
  readonly #early: Buffer[]
  readonly #keep = (chunk: Buffer) => void this.#early.push(chunk)
  readonly #leave = () => void this.socket.destroy()

  constructor(incoming: IncomingMessage, head: Buffer) {
    this.socket = incoming.socket
    this.#early = [head]
    // What follows an error is the event `close`, and that is listened to.
    this.socket.on('error', () => {})
    this.socket.on('data', this.#keep).once('end', this.#leave)
    this.response = new ServerResponse(incoming)
    this.response.shouldKeepAlive = false
    this.response.assignSocket(this.socket)
    this.response.once('finish', () => this.socket.destroySoon())
  }

  /** Hands the socket over, paused, to whoever speaks the new protocol; returns what has come in already. */
  release(): Buffer {
    this.response.detachSocket(this.socket)
    this.socket.pause().off('data', this.#keep).off('end', this.#leave)
    return Buffer.concat(this.#early)
  }
}
