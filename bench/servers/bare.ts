import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { conversation } from '../project/contracts/hundred/routes.ts'

// The yardstick: node:http that answers the bytes of the mock, and does nothing else for it.

const body = JSON.stringify(conversation)
const head = { 'content-type': 'application/json', 'x-request-id': crypto.randomUUID() }
const headers = { ...head, 'content-length': String(Buffer.byteLength(body)) }

function answer(incoming: IncomingMessage, response: ServerResponse): void {
  if (incoming.method === 'GET') return void response.writeHead(200, headers).end(body)
  incoming.resume().on('end', () => response.writeHead(201, headers).end(body))
}

const server = createServer(answer).listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
process.once('disconnect', () => process.exit())
