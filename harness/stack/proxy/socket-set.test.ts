import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { nextTick } from 'node:process'
import { listenOnLoopback, SocketSet } from './socket-set.ts'

test('a connection that is being shut down is closed too when all are reset', async () => {
  const sockets = new SocketSet()
  await using server = createServer()
  const connected = once(server, 'connection') as Promise<[Socket]>
  const port = await listenOnLoopback(server, { what: 'The test', port: 0 })
  const client = connect(port, '127.0.0.1').on('error', () => {})
  const [socket] = await connected
  sockets.add(socket.on('error', () => {}))
  socket.end()
  // The shutdown is asked of the system now, and done in the next turn of the event loop.
  await new Promise<void>((resolve) => nextTick(resolve))
  sockets.reset()
  await sockets.close()
  expect(sockets.size).toBe(0)
  client.destroy()
})
