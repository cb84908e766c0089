import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A plain server for answers that no service of ours would give. */
export type RawServer = AsyncDisposable & Readonly<{ url: string; server: Server }>

/** Puts a listener on a free loopback port; ending it cuts the connections that are still open. */
export async function rawServer(listener: RequestListener): Promise<RawServer> {
  const server = createServer(listener)
  const connections = new Set<Socket>()
  // Also those that were upgraded, of which the server itself keeps no account.
  server.on('connection', (socket) => connections.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of connections) socket.destroy()
      await closed
    },
  }
}

/** A port of loopback that nobody listens on. */
export async function deadUrl(): Promise<string> {
  await using server = await rawServer(() => undefined)
  return server.url
}
