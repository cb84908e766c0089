import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

import { closeServer, listenOnLoopback, SocketSet } from './proxy/socket-set.ts'

export type TcpTapOptions = {
  /** Where the store listens. */
  target: { host: string; port: number }
  /** The port to listen on; a free one by default. */
  port?: number
}

export type RunningTcpTap = AsyncDisposable & {
  /** The tap's port on 127.0.0.1. */
  port: number
  /** How many clients are connected now. */
  readonly connections: number
  /** Resets all connections, and every new one at once, until `restore`. */
  cut(): void
  /** Accepts connections but moves no byte any more, in either direction, until `restore`. */
  stall(): void
  /** Back to passing everything on; what was held back by `stall` goes on its way, what `cut` has broken stays broken. */
  restore(): void
  stop(): Promise<void>
}

type Mode = 'forward' | 'cut' | 'stall'

/**
 * Starts a TCP forwarder on 127.0.0.1 for an edge to a store (PostgreSQL, Redis, …), to take the store away from a
 * service without stopping it. A target that refuses connections is refused to the client as well, by a reset.
 * Rejects when the port is taken.
 */
export async function startTcpTap({ target, port = 0 }: TcpTapOptions): Promise<RunningTcpTap> {
  const sockets = new SocketSet()
  const links = new Set<Link>()
  let mode: Mode = 'forward'
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    sockets.add(client)
    if (mode === 'cut') return void client.on('error', () => {}).resetAndDestroy()
    const link = new Link(client, () => connect({ ...target, allowHalfOpen: true, noDelay: true }), sockets)
    links.add(link)
    client.once('close', () => links.delete(link))
    if (mode === 'forward') link.flow()
  })
  const ownPort = await listenOnLoopback(server, { what: 'The TCP tap', port })
  const stop = () => closeServer(server, sockets)
  return {
    port: ownPort,
    get connections() {
      return links.size
    },
    cut: () => {
      mode = 'cut'
      sockets.reset()
    },
    stall: () => {
      mode = 'stall'
      for (const link of links) link.hold()
    },
    restore: () => {
      mode = 'forward'
      for (const link of links) link.flow()
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** The URL with the tap's host and port in place of the store's. Throws when the URL names no host. */
export function throughTap(url: string, { port }: Pick<RunningTcpTap, 'port'>): string {
  const through = URL.canParse(url) ? new URL(url) : undefined
  if (through === undefined || through.hostname === '') {
    throw new Error(
      'A store URL cannot be led through a tap: it names no host. Give one like postgres://user@host:5432/db.',
    )
  }
  through.hostname = '127.0.0.1'
  through.port = String(port)
  return through.href
}

/** One client's connection with the one to the store behind it, which is made when bytes may flow first. */
class Link {
  readonly #client: Socket
  readonly #open: () => Socket
  readonly #sockets: SocketSet
  #store: Socket | undefined

  constructor(client: Socket, open: () => Socket, sockets: SocketSet) {
    this.#client = client
    this.#open = open
    this.#sockets = sockets
    client.on('error', () => {})
  }

  flow(): void {
    this.#store ??= this.#connect()
    this.#client.pipe(this.#store)
    this.#store.pipe(this.#client)
  }

  hold(): void {
    if (this.#store === undefined) return
    this.#client.unpipe(this.#store).pause()
    this.#store.unpipe(this.#client).pause()
  }

  #connect(): Socket {
    const store = this.#open()
    this.#sockets.add(store)
    store.on('error', () => this.#client.resetAndDestroy())
    // Each side has passed on its end by then, or has broken.
    store.once('close', () => this.#client.destroySoon())
    this.#client.once('close', () => store.destroySoon())
    return store
  }
}
