import { once } from 'node:events'
import { request } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'

import { startProxy } from './proxy.ts'
import { cannedServer, httpServer, replyTo, sendRaw, tcpServer, textOf, watchedProxy } from './test-servers.ts'
import type { ProxiedReply } from './types.ts'

const CLOSE = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

/** A reply's text as a client gets it through the proxy, for a reply's text as the provider sends it. */
async function through(reply: string, sent = CLOSE): Promise<string> {
  await using provider = await cannedServer(reply)
  await using proxy = await startProxy({ target: provider.url })
  return await sendRaw(proxy.port, sent)
}

test('status line, repeated headers and their case come through unchanged', async () => {
  const head =
    'HTTP/1.1 299 Odd But True\r\nX-Case: Kept\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nSet-Cookie: c=3\r\nContent-Length: 2\r\n'
  expect(await through(`${head}\r\nok`)).toBe(`${head}Connection: close\r\n\r\nok`)
})

test('no header is added that the provider did not send: no Date, no Content-Type, no Via', async () => {
  expect(await through('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')).toBe(
    'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
  )
})

test('a chunked reply stays chunked, and hop-by-hop headers stay behind', async () => {
  const reply = await through(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: X-Hop\r\nX-Hop: 1\r\nTrailer: X-Sum\r\n\r\n' +
      '2\r\nab\r\n3\r\ncde\r\n0\r\nX-Sum: 5\r\n\r\n',
  )
  expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n/)
  expect(reply).not.toMatch(/X-Hop|Trailer|X-Sum/)
  expect(reply).toMatch(/\r\n\r\n[25]\r\nab(\r\n3\r\n)?cde\r\n0\r\n\r\n$/)
})

test('a reply that ends with its connection arrives whole', async () => {
  expect(await through('HTTP/1.0 200 OK\r\n\r\nuntil the end')).toContain('until the end')
})

test('a reply without a reason phrase keeps none', async () => {
  expect(await through('HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 \r\n/)
})

test.each([
  ['HEAD keeps the Content-Length of the body it does not send', 'HEAD', '200 OK\r\nContent-Length: 1234\r\n'],
  ['HEAD without Content-Length gets none', 'HEAD', '200 OK\r\n'],
  ['204 has no body and no length', 'GET', '204 No Content\r\n'],
  ['304 keeps its validators', 'GET', '304 Not Modified\r\nETag: "a"\r\nContent-Length: 99\r\n'],
])('%s', async (_name, method, head) => {
  const reply = await through(`HTTP/1.1 ${head}\r\n`, CLOSE.replace('GET', method))
  expect(reply).toBe(`HTTP/1.1 ${head}Connection: close\r\n\r\n`)
})

test('heads far beyond Node’s own limit pass in both directions', async () => {
  const long = 'x'.repeat(100_000)
  const reply = await through(
    `HTTP/1.1 200 OK\r\nX-Long: ${long}\r\nContent-Length: 0\r\n\r\n`,
    CLOSE.replace('x', long),
  )
  expect(reply).toContain(`X-Long: ${long}`)
})

test('a body goes out as it comes in: head first, then chunk by chunk', async () => {
  const steps: (() => void)[] = []
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' }).flushHeaders()
    steps.push(
      () => response.write('one'),
      () => response.end('two'),
    )
  })
  await using proxy = await startProxy({ target: provider.url })
  const reply = await replyTo(request(proxy.url).end())
  steps[0]?.()
  expect(String((await once(reply, 'data'))[0])).toBe('one')
  steps[1]?.()
  expect(await textOf(reply)).toBe('two')
})

test('a slow client slows the provider down', async () => {
  let written = 0
  let full: (() => void) | undefined
  await using provider = await httpServer((_incoming, response) => {
    const chunk = Buffer.alloc(1024 * 1024)
    const more = () => {
      while (written < 1024) {
        written += 1
        if (!response.write(chunk)) break
      }
      full?.()
    }
    response.on('drain', more)
    more()
  })
  await using proxy = await startProxy({ target: provider.url })
  const reply = await replyTo(request(proxy.url).end())
  reply.pause()
  // Nothing moves any more for a while: what the client does not read stays with the provider.
  while (await moved(() => new Promise<void>((resolve) => (full = resolve)))) continue
  expect(written).toBeLessThan(64)
  reply.destroy()

  /** Whether the provider could write on within half a second. */
  function moved(next: () => Promise<void>): Promise<boolean> {
    const quiet = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => quiet.resolve(false), 500)
    void next().then(() => quiet.resolve(true))
    return quiet.promise.finally(() => clearTimeout(timer))
  }
})

test('a provider that breaks off in the middle of a reply breaks the client’s connection, after what it sent', async () => {
  await using provider = await cannedServer('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')
  await using proxy = await watchedProxy({ target: provider.url })
  const reply = await replyTo(request(proxy.url).end())
  const received: string[] = []
  reply.on('data', (chunk) => received.push(String(chunk)))
  const [error] = await once(reply, 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET' })
  expect(received.join('')).toBe('half')
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('a provider that closes the connection without a word is no 502: the client’s connection closes too', async () => {
  await using provider = await cannedServer('')
  await using proxy = await watchedProxy({ target: provider.url })
  await expect(fetch(proxy.url)).rejects.toThrow('fetch failed')
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('a provider that switches protocols unasked is not waited for', async () => {
  await using provider = await cannedServer(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  )
  await using proxy = await startProxy({ target: provider.url })
  await expect(fetch(proxy.url)).rejects.toThrow('fetch failed')
})

test('the reply hook changes status, headers and body; Content-Length follows', async () => {
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(201, { 'Content-Type': 'application/json', 'X-Gone': '1' }).end('{"title":"a"}')
  })
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      reply: (reply, sent) => {
        const { 'x-gone': _gone, ...headers } = reply.headers
        const body = Buffer.from(JSON.stringify({ name: JSON.parse(reply.body.toString()).title, asked: sent.path }))
        return { status: 200, headers: { ...headers, 'Set-Cookie': ['a=1', 'b=2'] }, body }
      },
    },
  })
  const reply = await sendRaw(proxy.port, CLOSE.replace(' / ', ' /x?y '))
  expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: application\/json\r\n/)
  expect(reply).not.toContain('X-Gone')
  expect(reply).toContain('Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 27\r\n')
  expect(reply).toMatch(/\r\n\r\n\{"name":"a","asked":"\/x\?y"\}$/)
})

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['zstd', zstdCompressSync],
])(
  'the reply hook sees a body sent as %s plain; untouched it keeps its coding, changed it loses it',
  async (coding, pack) => {
    const packed = pack(Buffer.from('{"a":1}'))
    await using provider = await httpServer((_incoming, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(packed)
    })
    const seen: string[] = []
    await using proxy = await startProxy({ target: provider.url })
    const get = async () => {
      const reply = await replyTo(request(proxy.url).end())
      const chunks: Buffer[] = []
      for await (const chunk of reply) chunks.push(chunk)
      return { coding: reply.headers['content-encoding'], body: Buffer.concat(chunks) }
    }
    proxy.hooks({ reply: (reply) => (seen.push(reply.body.toString()), reply) })
    expect(await get()).toEqual({ coding, body: packed })
    proxy.hooks({ reply: (reply) => ({ ...reply, body: Buffer.from('{"a":2}') }) })
    expect(await get()).toEqual({ coding: undefined, body: Buffer.from('{"a":2}') })
    expect(seen).toEqual(['{"a":1}'])
  },
)

test('the reply hook sees a body in an unknown coding as it is', async () => {
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, { 'content-encoding': 'rot13' }).end('uryyb')
  })
  const seen: ProxiedReply[] = []
  await using proxy = await startProxy({ target: provider.url, hooks: { reply: (reply) => (seen.push(reply), reply) } })
  expect(await (await fetch(proxy.url)).text()).toBe('uryyb')
  expect(seen[0]?.body.toString()).toBe('uryyb')
})

test('the reply hook breaks the connection', async () => {
  await using provider = await httpServer((_incoming, response) => response.end('x'))
  await using proxy = await watchedProxy({ target: provider.url, hooks: { reply: () => 'reset' } })
  const [error] = await once(request(proxy.url).end(), 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' })
  expect(await proxy.next()).toMatchObject({ outcome: 'reset' })
})

test('the reply hook never answers, even if the provider closes its connection', async () => {
  await using provider = await cannedServer('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
  await using proxy = await watchedProxy({ target: provider.url, hooks: { reply: () => 'hang' } })
  const patience = new AbortController()
  const hung = fetch(proxy.url, { signal: patience.signal })
  expect(await proxy.next()).toMatchObject({ outcome: 'hung' })
  while (provider.connections() > 0) await new Promise(setImmediate)
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate)
  patience.abort()
  await expect(hung).rejects.toMatchObject({ name: 'AbortError' })
})

test('a HEAD reply stays without a body whatever the hook returns', async () => {
  await using provider = await httpServer((_incoming, response) => response.setHeader('content-length', 5).end())
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { reply: (reply) => ({ ...reply, body: Buffer.from('body') }) },
  })
  expect(await sendRaw(proxy.port, CLOSE.replace('GET', 'HEAD'))).toMatch(/content-length: 5\r\n[^]*\r\n\r\n$/i)
})

test('a status that ends no exchange is the hook’s mistake', async () => {
  await using provider = await httpServer((_incoming, response) => response.end('x'))
  const proxy = await startProxy({ target: provider.url, hooks: { reply: (reply) => ({ ...reply, status: 100 }) } })
  expect((await fetch(proxy.url)).status).toBe(502)
  await expect(proxy.stop()).rejects.toThrow('the status 100 is not one of a final reply')
})

test('a header that cannot be sent is the hook’s mistake', async () => {
  await using provider = await tcpServer((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
  const proxy = await startProxy({
    target: provider.url,
    hooks: { reply: (reply) => ({ ...reply, headers: { 'x-bad': 'line\nend' } }) },
  })
  expect((await fetch(proxy.url)).status).toBe(502)
  await expect(proxy.stop()).rejects.toThrow('Invalid character in header content ["x-bad"]')
})
