import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a store that can be cut. */
export type Relay = AsyncDisposable &
  Readonly<{
    /** The store's address, with the relay's host and port. */
    url: string
    /** Lets nothing through any more, and says nothing of it: connections stay, new ones are taken. */
    hang: () => void
    /** Breaks all connections and takes no new ones. */
    refuse: () => void
    /** Forgets the connections that there are, as a network does that was split: they stay and carry nothing, new ones work. */
    strand: () => void
    /** Lets all through again; connections that hung go on. */
    pass: () => void
  }>

/** Puts a relay before the store at a URL. */
export async function relayTo(storeUrl: string): Promise<Relay> {
  const target = new URL(storeUrl)
  const sockets = new Set<Socket>()
  let mode: 'pass' | 'hang' | 'refuse' = 'pass'

  function track(socket: Socket, twin: () => Socket): void {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      twin().destroy()
    })
    if (mode === 'hang') socket.pause()
  }
  const server = createServer((inbound) => {
    if (mode === 'refuse') return void inbound.destroy()
    const outbound = connect(Number(target.port), target.hostname)
    inbound.pipe(outbound)
    outbound.pipe(inbound)
    track(inbound, () => outbound)
    track(outbound, () => inbound)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(storeUrl)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  function breakAll(): void {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    hang() {
      mode = 'hang'
      for (const socket of sockets) socket.pause()
    },
    strand() {
      for (const socket of sockets) socket.pause()
    },
    refuse() {
      mode = 'refuse'
      breakAll()
    },
    pass() {
      mode = 'pass'
      for (const socket of sockets) socket.resume()
    },
    async [Symbol.asyncDispose]() {
      breakAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
