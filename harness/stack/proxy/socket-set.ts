import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { types } from 'node:util'

/** The open connections of one server, so that all of them can be ended at once. */
export class SocketSet {
  readonly #sockets = new Set<Socket>()
  #closed = false

  get size(): number {
    return this.#sockets.size
  }

  add(socket: Socket): void {
    if (this.#closed) return void socket.destroy()
    if (socket.destroyed) return
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  /** Breaks all connections with a TCP reset. New ones may be added. */
  reset(): void {
    for (const socket of this.#sockets) resetSocket(socket)
  }

  /** Ends all connections and every one that is added later; resolves when they are closed. */
  async close(): Promise<void> {
    this.#closed = true
    const closing = [...this.#sockets].map((socket) => once(socket, 'close'))
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all(closing)
  }
}

/**
 * Breaks a connection with a TCP reset. One that is being shut down takes none (libuv refuses it then): Node would lose the
 * socket's handle and never tell that it has closed, so it is closed in the ordinary way.
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy()
  else socket.resetAndDestroy()
}

/** Lets a server listen on loopback; returns its port. Port 0 means a free one. Rejects when the port is taken. */
export async function listenOnLoopback(
  server: Server,
  { what, port }: { what: string; port: number },
): Promise<number> {
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Error(
      `${what} cannot listen on 127.0.0.1:${port}: ${reason(error)}. Give another port, or none for a free one.`,
      {
        cause: error,
      },
    )
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error(`${what} has no port: it was closed at once.`)
  return address.port
}

/** Stops listening and ends all connections; resolves when nothing is left of either. */
export async function closeServer(server: Server, sockets: SocketSet): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  await Promise.all([promise, sockets.close()])
}

/** Node's own errors are no instances of a test runner's Error, so instanceof does not tell. */
function reason(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error)
}
