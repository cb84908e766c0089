import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { WebSocketServer } from 'ws'
import { loopbackCertificate } from '../testing/loopback-certificate.ts'
import { startProxy } from './proxy.ts'

async function secureServer() {
  const server = createServer(loopbackCertificate, (request, response) => response.end(`over TLS: ${request.url}`))
  const channels = new WebSocketServer({ server })
  channels.on('connection', (socket) => socket.on('message', (data: Buffer) => socket.send(`heard ${data.toString()}`)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const client of channels.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('a provider behind TLS', () => {
  const trusted = getCACertificates('default')
  beforeAll(() => setDefaultCACertificates([...trusted, loopbackCertificate.cert]))
  afterAll(() => setDefaultCACertificates(trusted))

  test('is called over TLS, with what the hooks make of a request', async () => {
    await using server = await secureServer()
    const hooks = { request: (request: { path: string }) => ({ ...request, path: '/changed' }) as never }
    await using proxy = await startProxy({ target: server.url, hooks })
    expect(await (await fetch(`${proxy.url}/asked`)).text()).toBe('over TLS: /changed')
  })

  test('gets channels over TLS too', async () => {
    await using server = await secureServer()
    await using proxy = await startProxy({ target: server.url })
    const socket = new WebSocket(proxy.url.replace('http', 'ws'))
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
    const answer = new Promise<MessageEvent>((resolve) => socket.addEventListener('message', resolve, { once: true }))
    socket.send('hello')
    expect(String((await answer).data)).toBe('heard hello')
    socket.close()
  })
})

test('a provider whose certificate nobody trusts is out of reach', async () => {
  await using server = await secureServer()
  await using proxy = await startProxy({ target: server.url })
  const reply = await fetch(proxy.url)
  expect(reply.status).toBe(502)
  expect(await reply.text()).toContain('self-signed certificate')
})
