import type { Agent as HttpAgent, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { Agent, SecureAgent } from './node-http.ts'

/** Leaves it to the provider to close idle connections: the default would do so on a timer of its own. */
class ProviderAgent extends Agent {
  override keepSocketAlive(): boolean {
    return true
  }
}

class SecureProviderAgent extends SecureAgent {
  override keepSocketAlive(): boolean {
    return true
  }
}

/**
 * One connection of a client, with the provider's connections that serve it alone. The two sides live and die together,
 * as they would without a proxy: no request of one client is sent over a connection another one has left, and the
 * client learns at once that the provider has closed an idle connection.
 */
export class ClientConnection {
  #agent: HttpAgent | undefined
  readonly #socket: Socket
  readonly #track: (socket: Socket) => void
  readonly #followed = new WeakSet<Socket>()
  #open = 0

  /** @param track told of each connection to the provider, to be destroyed when the proxy stops */
  constructor(socket: Socket, track: (socket: Socket) => void) {
    this.#socket = socket
    this.#track = track
    socket.once('close', () => this.#agent?.destroy())
  }

  /** The connections to the provider, over TLS where it is secure. A provider does not change in this while a client is connected. */
  agent(secure: boolean): HttpAgent {
    this.#agent ??= secure ? new SecureProviderAgent({ keepAlive: true }) : new ProviderAgent({ keepAlive: true })
    return this.#agent
  }

  /** Notes that an exchange has begun; it ends with its response. */
  begin(response: ServerResponse): void {
    this.#open += 1
    response.once('close', () => (this.#open -= 1))
  }

  /** Closes the client's connection when an idle connection to the provider closes. */
  follow(provider: Socket): void {
    if (this.#followed.has(provider)) return
    this.#followed.add(provider)
    this.#track(provider)
    // A connection that was never made has no end to pass on.
    provider.once('connect', () => {
      provider.once('close', () => {
        if (this.#open === 0) this.#socket.destroySoon()
      })
    })
  }
}
