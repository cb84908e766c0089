/**
 * A small Redis, run as a program: `node embedded-server.ts [port]`. It listens on 127.0.0.1, prints `listening on <port>`
 * and keeps everything in memory. Any client in any language can use it; what it does not know it refuses as Redis does.
 * Not there: scripts (EVAL), streams, WATCH, blocking pops, RESP3, persistence.
 */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { serveConnection } from './embedded/connection.ts'
import { newServerState } from './embedded/server-state.ts'

const state = newServerState()
const server = createServer({ noDelay: true }, (socket) => serveConnection(socket, state))
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`)
})
