import type { IncomingMessage } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { cookieJar } from './cookie-jar.ts'
import { ConnectionError, ContractViolation, StreamBroken, TimeoutError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { failureOf } from './testing/failure-of.ts'
import { dune, libraryClient, libraryService } from './testing/library-service.ts'
import { deadUrl, rawServer } from './testing/raw-server.ts'

const member: Partial<ClientOptions> = { credentials: { kind: 'cookies', jar: jarWith('valid') } }
const ask = (title: string) => ({ type: 'ask', data: { title } }) as const

function jarWith(session: string) {
  const jar = cookieJar()
  jar.set('sid', session)
  return jar
}

/** A server that takes every channel and does with it as it is told; it keeps what it was asked, and how the first channel ended. */
async function sockets(onOpen: (socket: ServerSocket) => void) {
  const asked: IncomingMessage[] = []
  let end: (code: number) => void = () => undefined
  const endedWith = new Promise<number>((resolve) => (end = resolve))
  const open = new WebSocketServer({ noServer: true })
  const server = await rawServer(() => undefined)
  server.server.on('upgrade', (request, socket, head) => {
    asked.push(request)
    open.handleUpgrade(request, socket, head, (client) => {
      client.on('close', end)
      onOpen(client)
    })
  })
  return {
    asked,
    endedWith,
    url: server.url,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  }
}

async function read<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const message of messages) all.push(message)
  return all
}

test('messages go both ways, typed by the contract', async () => {
  await using service = await libraryService()
  await using desk = await libraryClient(service.url, member).desk()
  desk.send(ask('Dune'))
  desk.send(ask('Emma'))
  const got: unknown[] = []
  for await (const message of desk) {
    got.push(message)
    if (got.length === 2) break
  }
  expect(got).toEqual([
    { type: 'found', data: dune },
    { type: 'unknown', data: { title: 'Emma' } },
  ])
})

test('a reader may leave the loop and come back: nothing is lost', async () => {
  await using service = await libraryService()
  await using desk = await libraryClient(service.url, member).desk()
  const titles: string[] = []
  for (const title of ['a', 'b', 'c']) desk.send(ask(title))
  while (titles.length < 3) {
    for await (const { data } of desk) {
      titles.push(data.title)
      break
    }
  }
  expect(titles).toEqual(['a', 'b', 'c'])
})

test('what comes at once after opening is not lost', async () => {
  await using server = await sockets((socket) => {
    socket.send(JSON.stringify({ type: 'unknown', data: { title: 'early' } }))
    socket.close(1000)
  })
  const desk = await libraryClient(server.url).desk()
  await delay(10)
  expect(await read(desk)).toEqual([{ type: 'unknown', data: { title: 'early' } }])
})

describe('a credential', () => {
  test('travels as a cookie where there is a jar, beside the request id', async () => {
    await using server = await sockets(() => undefined)
    await using desk = await libraryClient(server.url, member).desk()
    expect(server.asked[0]?.headers).toMatchObject({ cookie: 'sid=valid', 'x-request-id': desk.requestId })
  })

  test('travels as a subprotocol where it is a bearer token, since browsers can set no header', async () => {
    const credentials = { kind: 'bearer', token: () => 'valid' } as const
    await using service = await libraryService()
    await using desk = await libraryClient(service.url, { credentials }).desk()
    desk.send(ask('Dune'))
    for await (const { type } of desk) {
      expect(type).toBe('found')
      break
    }
  })

  test('is left to the browser where there is one', async () => {
    await using server = await sockets(() => undefined)
    Object.assign(globalThis, { window: globalThis })
    try {
      await using desk = await libraryClient(server.url, member).desk()
      expect(server.asked[0]?.headers.cookie).toBeUndefined()
      expect(desk.requestId).not.toBe('')
    } finally {
      Reflect.deleteProperty(globalThis, 'window')
    }
  })
})

describe('opening fails', () => {
  test.each<[string, Partial<ClientOptions>]>([
    ['without a credential', {}],
    ['with one that nobody has', { credentials: { kind: 'cookies', jar: jarWith('other') } }],
  ])('where the provider refuses: %s', async (_what, options) => {
    await using service = await libraryService()
    const failure = await failureOf(libraryClient(service.url, options).desk())
    expect(failure).toBeInstanceOf(ConnectionError)
    expect((failure as Error).message).toContain('desk (WS /desk): the channel was refused, or nobody listens')
  })

  test('where nobody listens', async () => {
    expect(await failureOf(libraryClient(await deadUrl()).desk())).toBeInstanceOf(ConnectionError)
  })

  test('where nobody answers in time', async () => {
    await using server = await rawServer(() => undefined)
    server.server.on('upgrade', () => undefined)
    const failure = await failureOf(libraryClient(server.url, { timeoutMs: 20 }).desk())
    expect(failure).toBeInstanceOf(TimeoutError)
  })
})

describe('the channel breaks', () => {
  test('with the code and reason that the provider closes it with', async () => {
    await using server = await sockets((socket) => socket.close(1011, 'disk on fire'))
    const failure = await failureOf(read(await libraryClient(server.url).desk()))
    expect(failure).toBeInstanceOf(StreamBroken)
    expect((failure as Error).message).toContain('the channel was closed with 1011 disk on fire')
  })

  test('where the provider goes away, after what came before', async () => {
    await using server = await sockets((socket) =>
      socket.send(JSON.stringify({ type: 'unknown', data: { title: 'a' } }), () => socket.terminate()),
    )
    const got: unknown[] = []
    const reading = (async () => {
      for await (const message of await libraryClient(server.url).desk()) got.push(message)
    })()
    expect(await failureOf(reading)).toBeInstanceOf(StreamBroken)
    expect(got).toHaveLength(1)
  })

  test('where the provider is sent what its contract does not have', async () => {
    await using service = await libraryService()
    await using desk = await libraryClient(service.url, member).desk()
    desk.send({ type: 'ask', data: { title: 7 as unknown as string } })
    expect(((await failureOf(read(desk))) as Error).message).toContain('closed with 1007 ask is not valid')
  })

  test.each<[string, string, string]>([
    ['a message of another name', '{"type":"lost","data":{}}', 'a message "lost", which the contract does not have'],
    ['a message without a name', '{"data":{}}', 'a message "undefined", which the contract does not have'],
    ['data of another type', '{"type":"unknown","data":{"title":7}}', '$.title: '],
    ['what is no JSON', 'hello', 'what is no JSON message: hello'],
    ['null', 'null', 'what is no JSON message: null'],
  ])('%s is a violation', async (_what, text, message) => {
    await using server = await sockets((socket) => socket.send(text))
    await using desk = await libraryClient(server.url).desk()
    const failure = await failureOf(read(desk))
    expect(failure).toBeInstanceOf(ContractViolation)
    expect((failure as Error).message).toContain(message)
  })

  test('a field that is missing is one as soon as it is read', async () => {
    await using server = await sockets((socket) => socket.send('{"type":"unknown","data":{}}'))
    await using desk = await libraryClient(server.url).desk()
    for await (const { data } of desk) {
      expect(() => data.title).toThrow('lacks $.title')
      break
    }
  })
})

describe('the end', () => {
  test('comes where the provider closes in order', async () => {
    await using server = await sockets((socket) => socket.close(1000))
    expect(await read(await libraryClient(server.url).desk())).toEqual([])
  })

  test('comes where the reader closes, also for whoever is reading, and the provider is told', async () => {
    await using server = await sockets(() => undefined)
    const desk = await libraryClient(server.url).desk()
    const reading = read(desk)
    await desk.close()
    expect(await reading).toEqual([])
    expect(await server.endedWith).toBe(1000)
    await desk.close()
  })

  test('makes sending an error: a closed socket would drop it without a word', async () => {
    await using server = await sockets(() => undefined)
    const desk = await libraryClient(server.url).desk()
    await desk.close()
    expect(() => desk.send(ask('Dune'))).toThrow(StreamBroken)
  })
})

describe('a caller that gives up', () => {
  const reason = new Error('the page was left')

  test('closes an open channel', async () => {
    const aborter = new AbortController()
    await using server = await sockets(() => undefined)
    const desk = await libraryClient(server.url).desk({}, { signal: aborter.signal })
    const reading = read(desk)
    aborter.abort(reason)
    expect(await reading).toEqual([])
    await desk.close()
    expect(await server.endedWith).toBe(1000)
  })

  test('ends the opening with its own reason', async () => {
    const aborter = new AbortController()
    await using server = await rawServer(() => undefined)
    server.server.on('upgrade', () => aborter.abort(reason))
    expect(await failureOf(libraryClient(server.url).desk({}, { signal: aborter.signal }))).toBe(reason)
  })

  test('an abort while the token is looked up opens nothing', async () => {
    await using server = await sockets(() => undefined)
    const aborter = new AbortController()
    const token = () => Promise.resolve('valid')
    const opening = libraryClient(server.url, { credentials: { kind: 'bearer', token } }).desk(
      {},
      { signal: aborter.signal },
    )
    aborter.abort(reason)
    expect(await failureOf(opening)).toBe(reason)
  })

  test('before it began opens nothing', async () => {
    await using server = await sockets(() => undefined)
    const opening = libraryClient(server.url).desk({}, { signal: AbortSignal.abort(reason) })
    expect(await failureOf(opening)).toBe(reason)
    expect(server.asked).toHaveLength(0)
  })
})
