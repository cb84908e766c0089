import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathOf } from '../path-of.ts'
import { portRequest } from './port-request.ts'

type Look = (request: Request) => unknown

/** What a look at a request gives, sent to a real port. */
async function see(look: Look, path: string, init: RequestInit & { host?: string } = {}): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      resolve(await look(portRequest(incoming, outgoing)))
    } catch (error) {
      reject(error)
    } finally {
      outgoing.end()
    }
  }
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing)).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  const headers = { ...(init.headers as Record<string, string>), host: init.host ?? 'shop.test' }
  const sent = ask({ port, host: '127.0.0.1', path, method: init.method ?? 'GET', headers })
  sent.end(init.body)
  try {
    await new Promise((answered) => sent.once('response', (reply) => reply.resume().once('end', answered)))
    return await promise
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

const json = { method: 'POST', body: '{"ü":1}', headers: { 'content-type': 'application/json' } }

test.each([
  ['/a/b?c=d', 'http://shop.test/a/b?c=d', '/a/b'],
  ['/', 'http://shop.test/', '/'],
  ['/a/../b/./c', 'http://shop.test/b/c', '/b/c'],
  ['/a%2Fb/%2e%2e/c', 'http://shop.test/c', '/c'],
  ['//evil.test/a', 'http://shop.test//evil.test/a', '//evil.test/a'],
  ['http://other.test/a?b', 'http://other.test/a?b', '/a'],
  ["/a?b='c'|d", 'http://shop.test/a?b=%27c%27|d', '/a'],
  ['/.well-known/x', 'http://shop.test/.well-known/x', '/.well-known/x'],
])('%s is at %s', async (target, url, path) => {
  expect(await see((request) => [request.url, pathOf(request)], target)).toEqual([url, path])
})

test('a host that is none does no harm', async () => {
  expect(await see(({ url }) => url, '/a', { host: 'a b' })).toBe('http://localhost/a')
})

test('its body can be read in all ways, once', async () => {
  expect(await see((request) => request.text(), '/', json)).toBe('{"ü":1}')
  expect(await see((request) => request.json(), '/', json)).toEqual({ ü: 1 })
  expect(await see(async (request) => (await request.arrayBuffer()).byteLength, '/', json)).toBe(8)
  expect(await see(async (request) => (await request.blob()).size, '/', json)).toBe(8)
  expect(await see((request) => new Response(request.body).text(), '/', json)).toBe('{"ü":1}')
  const twice: Look = async (request) => [await request.text(), await request.text().catch(() => 'read already')]
  expect(await see(twice, '/', json)).toEqual(['{"ü":1}', 'read already'])
})

test('a request without a body has none', async () => {
  expect(await see(async (request) => [request.body, await request.text()], '/')).toEqual([null, ''])
  expect(await see((request) => request.body, '/', { method: 'POST' })).toBeNull()
})

test.each([json, { ...json, headers: { ...json.headers, 'transfer-encoding': 'chunked' } }])(
  'a copy is read for itself, as a whole or as a stream',
  async (init) => {
    const both: Look = async (request) => {
      const copy = request.clone()
      const other = copy.clone()
      const texts = [await copy.text(), await new Response(other.body).text(), await request.text()]
      return [copy.method, copy.headers.get('content-type'), ...texts]
    }
    expect(await see(both, '/', init)).toEqual(['POST', 'application/json', '{"ü":1}', '{"ü":1}', '{"ü":1}'])
  },
)

test('it is a Request to whoever asks', async () => {
  expect(await see((request) => request instanceof Request, '/')).toBe(true)
})

test('its signal is aborted when the caller goes before it is answered, and not when it was', async () => {
  const { promise: aborted, resolve } = Promise.withResolvers<string>()
  const server = createServer((incoming, outgoing) => {
    const { signal } = portRequest(incoming, outgoing)
    signal.addEventListener('abort', () => resolve(`${incoming.url} left`))
    if (incoming.url === '/answered') outgoing.end()
    else outgoing.flushHeaders()
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await (await fetch(`${url}/answered`)).text()
  const leaving = new AbortController()
  await fetch(`${url}/silent`, { signal: leaving.signal })
  leaving.abort()
  expect(await aborted).toBe('/silent left')
  server.close()
  server.closeAllConnections()
})
