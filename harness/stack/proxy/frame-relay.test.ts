import { once } from 'node:events'
import { createServer } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'

import { startProxy } from './proxy.ts'
import type { TestServer } from './test-servers.ts'
import { tcpServer, testServer, watchedProxy } from './test-servers.ts'
import type { Hooks } from './types.ts'
import { encodeFrame } from './websocket-frame.ts'

/** A provider that greets with `greetings`, then sends every message back with an exclamation mark. */
async function channel(...greetings: string[]): Promise<TestServer & { received: string[] }> {
  const server = createServer()
  const received: string[] = []
  new WebSocketServer({ server, perMessageDeflate: true }).on('connection', (socket) => {
    for (const greeting of greetings) socket.send(greeting)
    socket.on('message', (data: Buffer, isBinary) => {
      received.push(data.toString())
      socket.send(isBinary ? data : `${data.toString()}!`, { binary: isBinary })
    })
  })
  return { ...(await testServer(server)), received }
}

/** Opens a channel, keeping what arrives. */
function open(url: string): {
  socket: WebSocket
  arrived: (string | Buffer)[]
  until: (count: number) => Promise<void>
} {
  const socket = new WebSocket(url.replace('http:', 'ws:'))
  const arrived: (string | Buffer)[] = []
  socket.on('message', (data: Buffer, isBinary) => arrived.push(isBinary ? data : data.toString()))
  const until = async (count: number) => {
    while (arrived.length < count) await once(socket, 'message')
  }
  return { socket, arrived, until }
}

test('the frame hook changes, drops, adds and answers messages in both directions', async () => {
  const hook: Hooks['frame'] = ({ direction, data }, { path }, index) => {
    if (direction === 'to-server') return data === 'drop' ? [] : [`${String(data)} to ${path}`]
    return index === 0 ? ['first', String(data)] : [data]
  }
  await using provider = await channel()
  await using proxy = await startProxy({ target: provider.url, hooks: { frame: hook } })
  const { socket, arrived, until } = open(`${proxy.url}/ws`)
  await once(socket, 'open')
  for (const message of ['a', 'drop', 'b']) socket.send(message)
  await until(3)
  expect(arrived).toEqual(['first', 'a to /ws!', 'b to /ws!'])
  expect(provider.received).toEqual(['a to /ws', 'b to /ws'])
  socket.terminate()
})

test('the frame hook may turn text into binary and the other way round', async () => {
  await using provider = await channel('greeting')
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { frame: ({ data }) => [typeof data === 'string' ? Buffer.from(data) : data.toString()] },
  })
  const { socket, arrived, until } = open(proxy.url)
  await until(1)
  socket.send(Buffer.from('text'))
  await until(2)
  expect(arrived).toEqual([Buffer.from('greeting'), Buffer.from('text!')])
  socket.terminate()
})

test('messages in fragments and of any length reach the frame hook whole', async () => {
  const lengths: number[] = []
  await using provider = await channel()
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      frame: ({ direction, data }) => {
        if (direction === 'to-server') lengths.push(data.length)
        return [data]
      },
    },
  })
  const { socket, arrived, until } = open(proxy.url)
  await once(socket, 'open')
  socket.send('frag', { fin: false })
  socket.ping()
  socket.send('ment')
  for (const length of [125, 126, 65_535, 65_536, 300_000]) socket.send('x'.repeat(length))
  await until(6)
  expect(lengths).toEqual([8, 125, 126, 65_535, 65_536, 300_000])
  expect(arrived.map((data) => data.length)).toEqual([9, 126, 127, 65_536, 65_537, 300_001])
  socket.terminate()
})

test('with a frame hook no compression is agreed on, for the hook reads plain frames', async () => {
  await using provider = await channel('hello')
  await using proxy = await startProxy({ target: provider.url, hooks: { frame: ({ data }) => [data] } })
  const { socket, until } = open(proxy.url)
  await until(1)
  expect(socket.extensions).toBe('')
  socket.terminate()
})

test('close codes pass a frame hook', async () => {
  await using provider = await channel()
  await using proxy = await watchedProxy({ target: provider.url, hooks: { frame: ({ data }) => [data] } })
  const { socket } = open(proxy.url)
  await once(socket, 'open')
  socket.close(4003, 'done')
  expect((await once(socket, 'close'))[0]).toBe(4003)
  expect(await proxy.next()).toMatchObject({ outcome: 'streamed' })
})

test('the frame hook cuts the channel: what was sent before arrives, and the record shows it', async () => {
  await using provider = await channel('1', '2', '3')
  await using proxy = await watchedProxy({
    target: provider.url,
    hooks: { frame: ({ data }, _request, index) => (index === 2 ? 'cut' : [`<${String(data)}>`]) },
  })
  const { socket, arrived } = open(proxy.url)
  expect((await once(socket, 'close'))[0]).toBe(1006)
  expect(arrived).toEqual(['<1>', '<2>'])
  const frames = arrived.map((data) => ({ direction: 'to-client', data }))
  expect(await proxy.next()).toMatchObject({ outcome: 'reset', frames })
})

test('after a cut the frame hook is not asked about what came along with the cut message', async () => {
  const asked: number[] = []
  const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  const frames = ['1', '2', '3'].map((text) => encodeFrame(text, { masked: false }))
  await using provider = await tcpServer((socket) => {
    socket.once('data', () => socket.write(Buffer.concat([Buffer.from(switching), ...frames])))
  })
  await using proxy = await watchedProxy({
    target: provider.url,
    hooks: { frame: (_frame, _request, index) => (asked.push(index), index === 1 ? 'cut' : []) },
  })
  const { socket } = open(proxy.url)
  socket.on('error', () => {})
  expect(await proxy.next()).toMatchObject({ outcome: 'reset' })
  expect(asked).toEqual([0, 1])
})

test('a frame hook that throws breaks the channel, and stop() tells', async () => {
  await using provider = await channel('1')
  const proxy = await startProxy({
    target: provider.url,
    hooks: {
      frame: () => {
        throw new Error('oops')
      },
    },
  })
  const { socket } = open(proxy.url)
  expect((await once(socket, 'close'))[0]).toBe(1006)
  await expect(proxy.stop()).rejects.toThrow('Proxy hook "frame" failed: oops.')
})
