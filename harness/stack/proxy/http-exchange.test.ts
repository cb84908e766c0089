import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'

import { startProxy } from './proxy.ts'
import { cannedServer, httpServer, replyTo, sendRaw, tcpServer, textOf, watchedProxy } from './test-servers.ts'
import type { ProxiedRequest } from './types.ts'

const echo = () =>
  httpServer(async (incoming, response) => {
    const { method, url, rawHeaders } = incoming
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ method, url, rawHeaders, body: await textOf(incoming) }))
  })

/** The text of a request as a provider gets it, which answers 200 and closes. */
async function seenByProvider(send: (port: number) => Promise<unknown>): Promise<string> {
  const seen: Buffer[] = []
  await using provider = await tcpServer((socket) => {
    socket.on('data', (chunk) => {
      seen.push(chunk)
      if (/(?:\r\n\r\n|0\r\n\r\n|body)$/.test(Buffer.concat(seen).toString('latin1'))) {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      }
    })
  })
  await using proxy = await startProxy({ target: provider.url })
  await send(proxy.port)
  return Buffer.concat(seen).toString('latin1').replaceAll(`127.0.0.1:${provider.port}`, 'PROVIDER')
}

test('a request arrives with its method, path, query and body', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url })
  const reply = await fetch(`${proxy.url}/a%20b?x=1&y=%C3%A9`, { method: 'PATCH', body: '{"a":1}' })
  expect(await reply.json()).toMatchObject({ method: 'PATCH', url: '/a%20b?x=1&y=%C3%A9', body: '{"a":1}' })
})

test('headers keep their case, order and repetitions; Host names the provider; hop-by-hop headers stay behind', async () => {
  const seen = await seenByProvider((port) =>
    sendRaw(
      port,
      'GET /x HTTP/1.1\r\nHost: somewhere:1\r\nX-One: 1\r\nx-MIXED: a\r\nX-One: 2\r\nConnection: close, X-Private\r\n' +
        'X-Private: s\r\nKeep-Alive: timeout=9\r\nTE: trailers\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nLatin: \xe9\r\n\r\n',
    ),
  )
  expect(seen).toBe(
    'GET /x HTTP/1.1\r\nHost: PROVIDER\r\nX-One: 1\r\nx-MIXED: a\r\nX-One: 2\r\nLatin: \xe9\r\nConnection: keep-alive\r\n\r\n',
  )
})

test('with host: keep the provider sees the Host that the client sent', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url, host: 'keep' })
  const reply = await (await fetch(`${proxy.url}/`)).json()
  expect(reply.rawHeaders).toContain(`127.0.0.1:${proxy.port}`)
})

test('a HTTP/1.0 request without Host gets one, for the provider is spoken to in HTTP/1.1', async () => {
  const seen = await seenByProvider((port) => sendRaw(port, 'GET /old HTTP/1.0\r\n\r\n'))
  expect(seen).toBe('GET /old HTTP/1.1\r\nHost: PROVIDER\r\nConnection: keep-alive\r\n\r\n')
})

test.each([
  ['a chunked body stays chunked', 'POST', 'Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n'],
  ['a body with a length keeps it', 'PUT', 'Content-Length: 4\r\n\r\nbody'],
  ['DELETE may have a body', 'DELETE', 'Content-Length: 4\r\n\r\nbody'],
  ['a chunked body may belong to GET', 'GET', 'Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n'],
])('%s', async (_name, method, rest) => {
  const seen = await seenByProvider((port) =>
    sendRaw(port, `${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${rest}`),
  )
  const [headers, body] = rest.split(/\r\n\r\n(.*)/s)
  expect(seen).toBe(`${method} / HTTP/1.1\r\nHost: PROVIDER\r\n${headers}\r\nConnection: keep-alive\r\n\r\n${body}`)
})

test('a POST without a body says so to the provider', async () => {
  const seen = await seenByProvider((port) => sendRaw(port, 'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))
  expect(seen).toContain('\r\nContent-Length: 0\r\n')
  expect(seen).not.toContain('chunked')
})

test('an upload goes out chunk by chunk: the provider answers the first before the second is sent', async () => {
  await using provider = await httpServer((incoming, response) => {
    incoming.on('data', (chunk: Buffer) => response.write(`got ${chunk.toString()};`))
    incoming.on('end', () => response.end())
  })
  await using proxy = await startProxy({ target: provider.url })
  const upload = request(proxy.url, { method: 'POST' })
  upload.write('one')
  const reply = await replyTo(upload)
  const [first] = await once(reply, 'data')
  expect(String(first)).toBe('got one;')
  upload.end('two')
  expect(await textOf(reply)).toBe('got two;')
})

test('the head of an upload goes out before its body comes', async () => {
  const arrived = Promise.withResolvers<string | undefined>()
  await using provider = await httpServer((incoming) => arrived.resolve(incoming.url))
  await using proxy = await startProxy({ target: provider.url })
  const upload = request(`${proxy.url}/x`, { method: 'POST', headers: { 'content-length': 4 } }).on('error', () => {})
  upload.flushHeaders()
  expect(await arrived.promise).toBe('/x')
})

test('an upload that nobody takes is read to its end, for the connection’s next request', async () => {
  await using proxy = await startProxy({ target: 'http://127.0.0.1:1' })
  const client = connect(proxy.port, '127.0.0.1')
  client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\nx')
  expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 502 /)
  client.write(`${'x'.repeat(4_999_999)}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 502 /)
})

test('a slow provider slows the upload down: the proxy does not take in what nobody reads', async () => {
  await using provider = await httpServer((incoming) => void incoming.once('readable', () => {}))
  await using proxy = await startProxy({ target: provider.url })
  const socket = connect(proxy.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${1024 ** 3}\r\n\r\n`)
  const chunk = Buffer.alloc(1024 * 1024)
  let sent = 0
  while (await accepted(() => socket.write(chunk), socket)) sent += 1
  // Socket buffers take some megabytes on the way; the rest of the gigabyte stays with the client.
  expect(sent).toBeLessThan(64)
  socket.destroy()

  /** Whether the other side takes a chunk within a second: none is left waiting when it does not. */
  function accepted(write: () => boolean, target: typeof socket): Promise<boolean> {
    if (write()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), 1_000)
      target.once('drain', () => {
        clearTimeout(timer)
        resolve(true)
      })
    })
  }
})

test('Expect: 100-continue is the provider’s to answer', async () => {
  const bodies: string[] = []
  await using provider = await tcpServer((socket) => {
    socket.once('data', (head) => {
      bodies.push(head.toString())
      socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      socket.once('data', (body) => {
        bodies.push(body.toString())
        socket.end('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n')
      })
    })
  })
  await using proxy = await startProxy({ target: provider.url })
  const upload = request(proxy.url, { method: 'POST', headers: { expect: '100-continue', 'content-length': 4 } })
  upload.flushHeaders()
  await once(upload, 'continue')
  expect(bodies).toHaveLength(1)
  upload.end('body')
  const reply = await replyTo(upload)
  expect(reply.statusCode).toBe(201)
  expect(bodies[1]).toBe('body')
})

test('a provider that refuses an expectation is heard without the body being sent', async () => {
  await using provider = await cannedServer('HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n')
  await using proxy = await startProxy({ target: provider.url })
  const reply = await sendRaw(
    proxy.port,
    'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n',
  )
  expect(reply).toMatch(/^HTTP\/1\.1 417 Expectation Failed\r\n/)
})

test('interim replies go on to the client', async () => {
  await using provider = await cannedServer(
    'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  )
  await using proxy = await startProxy({ target: provider.url })
  const sent = request(proxy.url).end()
  const [[hints], reply] = await Promise.all([once(sent, 'information'), replyTo(sent)])
  expect(hints).toMatchObject({ statusCode: 103, headers: { link: '</a.css>; rel=preload' } })
  expect(await textOf(reply)).toBe('ok')
})

test('a provider that answers before the upload has ended is heard, and the connection stays usable', async () => {
  await using provider = await httpServer((incoming, response) => {
    response.writeHead(413).end('too much')
    incoming.resume()
  })
  await using proxy = await startProxy({ target: provider.url })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const upload = request(proxy.url, { method: 'POST', agent, headers: { 'content-length': 8 } })
  upload.write('half')
  const reply = await replyTo(upload)
  expect(reply.statusCode).toBe(413)
  expect(await textOf(reply)).toBe('too much')
  upload.end('half')
  const second = await replyTo(request(proxy.url, { agent }).end())
  expect(second.statusCode).toBe(413)
  agent.destroy()
})

test('a client that goes away takes its request at the provider along', async () => {
  const gone = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  await using provider = await httpServer((_incoming, response) => {
    response.once('close', gone.resolve)
    arrived.resolve()
  })
  await using proxy = await watchedProxy({ target: provider.url })
  const client = request(proxy.url).on('error', () => {})
  client.end()
  await arrived.promise
  client.destroy()
  await gone.promise
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('a client that goes away in the middle of its upload takes the provider’s request along', async () => {
  const failed = Promise.withResolvers<Error>()
  await using provider = await httpServer((incoming) => {
    incoming.once('error', failed.resolve).once('data', () => upload.destroy())
  })
  await using proxy = await watchedProxy({ target: provider.url })
  const upload = request(proxy.url, { method: 'POST' }).on('error', () => {})
  upload.write('half')
  expect(await failed.promise).toMatchObject({ code: 'ECONNRESET' })
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('the request hook changes method, path, headers and body', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      request: (sent) => ({
        ...sent,
        method: 'PUT',
        path: '/v2/other?y=2',
        headers: { ...sent.headers, 'X-Added': 'yes', 'x-twice': ['1', '2'] },
        body: Buffer.from(`${sent.body.toString()} and more`),
      }),
    },
  })
  const reply = await fetch(`${proxy.url}/v1/one?x=1`, { method: 'POST', body: 'text', headers: { 'X-Twice': '0' } })
  const { rawHeaders, ...rest } = await reply.json()
  expect(rest).toEqual({ method: 'PUT', url: '/v2/other?y=2', body: 'text and more' })
  expect(rawHeaders.join('|')).toMatch(/X-Added\|yes/)
  expect(rawHeaders.join('|')).toMatch(/x-twice\|1\|x-twice\|2/i)
  expect(rawHeaders.join('|')).toMatch(/Content-Length\|13/)
  expect(rawHeaders).toContain(`127.0.0.1:${provider.port}`)
})

test('the request hook sees a compressed body as text; untouched it goes on compressed, changed it goes on plain', async () => {
  const seen: ProxiedRequest[] = []
  const bodies: [string | undefined, Buffer][] = []
  await using provider = await httpServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    bodies.push([incoming.headers['content-encoding'], Buffer.concat(chunks)])
    response.end()
  })
  await using proxy = await startProxy({ target: provider.url })
  const packed = gzipSync('packed')
  const send = () => fetch(proxy.url, { method: 'POST', body: packed, headers: { 'content-encoding': 'gzip' } })
  proxy.hooks({ request: (sent) => (seen.push(sent), sent) })
  await send()
  proxy.hooks({ request: (sent) => ({ ...sent, body: Buffer.from('plain') }) })
  await send()
  expect(seen[0]?.body.toString()).toBe('packed')
  expect(bodies).toEqual([
    ['gzip', packed],
    [undefined, Buffer.from('plain')],
  ])
})

test('the request hook answers in the provider’s place, which is never asked', async () => {
  let asked = 0
  await using provider = await httpServer((_incoming, response) => {
    asked += 1
    response.end()
  })
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { request: () => ({ reply: { status: 418, headers: { 'X-Made-Up': 'yes' }, body: Buffer.from('tea') } }) },
  })
  const reply = await fetch(proxy.url, { method: 'POST', body: 'x' })
  expect([reply.status, reply.headers.get('x-made-up'), await reply.text()]).toEqual([418, 'yes', 'tea'])
  expect(asked).toBe(0)
  expect(proxy.exchanges()).toMatchObject([{ outcome: 'answered', reply: { status: 418 } }])
})

test('the request hook never answers: the client gives up, other requests go on', async () => {
  await using provider = await echo()
  await using proxy = await watchedProxy({
    target: provider.url,
    hooks: { request: (sent) => (sent.path === '/hang' ? 'hang' : sent) },
  })
  const patience = new AbortController()
  const hung = fetch(`${proxy.url}/hang`, { signal: patience.signal })
  expect(await proxy.next()).toMatchObject({ request: { path: '/hang' }, outcome: 'hung' })
  expect((await fetch(`${proxy.url}/go`)).status).toBe(200)
  patience.abort()
  await expect(hung).rejects.toMatchObject({ name: 'AbortError' })
})

test('the request hook breaks the connection: the client sees a reset', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url, hooks: { request: () => 'reset' } })
  const [error] = await once(request(proxy.url).end(), 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' })
  expect(proxy.exchanges()).toMatchObject([{ outcome: 'reset' }])
})

test('with a request hook the proxy answers Expect: 100-continue, for it reads the body first', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url, hooks: { request: (sent) => sent } })
  const upload = request(proxy.url, { method: 'POST', headers: { expect: '100-continue', 'content-length': 4 } })
  upload.flushHeaders()
  await once(upload, 'continue')
  upload.end('body')
  const reply = await replyTo(upload)
  const { rawHeaders, body } = JSON.parse(await textOf(reply))
  expect(body).toBe('body')
  expect(rawHeaders.map((one: string) => one.toLowerCase())).not.toContain('expect')
})

test('a hook that throws is answered with 502, and stop() tells', async () => {
  await using provider = await echo()
  const proxy = await startProxy({
    target: provider.url,
    hooks: {
      request: () => {
        throw new Error('oops')
      },
    },
  })
  const reply = await fetch(proxy.url)
  expect(reply.status).toBe(502)
  const message = 'Proxy hook "request" failed: oops. Correct the hook; the exchange was broken off.'
  expect(await reply.json()).toEqual({ error: { code: 'proxy_hook_failed', message } })
  await expect(proxy.stop()).rejects.toThrow(message)
  await proxy.stop()
})

test('a path that no request line can carry is the hook’s mistake', async () => {
  await using provider = await echo()
  const proxy = await startProxy({ target: provider.url, hooks: { request: (sent) => ({ ...sent, path: '/a b' }) } })
  expect((await fetch(proxy.url)).status).toBe(502)
  await expect(proxy.stop()).rejects.toThrow('Proxy hook "request" failed')
})

test('a provider that is not there gives 502 and a JSON body that says so', async () => {
  await using proxy = await startProxy({ target: 'http://127.0.0.1:1' })
  const reply = await fetch(`${proxy.url}/x`, { method: 'POST', body: 'data' })
  expect([reply.status, reply.headers.get('content-type')]).toEqual([502, 'application/json'])
  const message = `POST /x was not passed on: connect ECONNREFUSED 127.0.0.1:1. Start the provider, or correct the proxy's target.`
  expect(await reply.json()).toEqual({ error: { code: 'proxy_unreachable', message } })
  expect(proxy.exchanges()).toMatchObject([{ outcome: 'unreachable', reply: { status: 502 } }])
})

test('where it is asked to, a provider that is not there is nobody: the connection breaks', async () => {
  let target: string | undefined
  const find = () => {
    if (target === undefined) throw new Error('it is down')
    return target
  }
  await using provider = await httpServer((_request, response) => response.end('here'))
  await using proxy = await startProxy({ target: find, unreachable: 'reset' })
  await expect(fetch(proxy.url)).rejects.toThrow('fetch failed')
  expect(proxy.exchanges()).toMatchObject([{ outcome: 'unreachable' }])
  expect(proxy.exchanges()[0]).not.toHaveProperty('reply')
  target = provider.url
  expect(await (await fetch(proxy.url)).text()).toBe('here')
})

test('breaking all connections frees who was left hanging', async () => {
  await using provider = await httpServer((_request, response) => response.end('here'))
  await using proxy = await startProxy({ target: provider.url, hooks: { request: () => 'hang' } })
  const outcome = fetch(proxy.url).then(
    () => 'answered',
    (error: Error) => error.message,
  )
  while (proxy.exchanges().length === 0) await new Promise(setImmediate)
  proxy.hooks({})
  proxy.breakConnections()
  expect(await outcome).toBe('fetch failed')
  expect(await (await fetch(proxy.url)).text()).toBe('here')
})

test('a target that cannot be told at the time of the request gives 502 too', async () => {
  await using proxy = await startProxy({
    target: () => {
      throw new Error('not started yet')
    },
  })
  const reply = await (await fetch(proxy.url)).json()
  expect(reply.error.message).toContain('not started yet')
})
