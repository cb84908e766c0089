import { once } from 'node:events'
import { request as ask } from 'node:http'
import { z } from 'zod'
import { bytes } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { http, sse } from '#harness/contract/operation.ts'
import { problem, Problem } from '#harness/contract/problem.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { listen, type Listening } from '#harness/serve/node/host.ts'
import { serve } from '#harness/serve/serve.ts'
import type { Exchange, Hooks } from '#harness/stack/proxy/types.ts'
import { replyTo, watchedProxy, type WatchedProxy } from '#harness/stack/proxy/test-servers.ts'

const Note = z.object({ text: z.string() })
const notes = contract('notes', {
  errors: problem,
  operations: {
    add: http.post('/notes', { body: Note, replies: { 201: Note, 409: Problem } }),
    picture: http.get('/picture', { replies: { 200: bytes({ mediaTypes: ['image/png'], maxBytes: 100 }) } }),
    words: sse.get('/words', { events: { word: Note }, order: 'word*' }),
    broken: sse.get('/broken', { events: { word: Note }, order: 'word*' }),
    silent: http.get('/silent', { replies: { 200: Note } }),
  },
})

const service = serve(notes, {
  add({ body }) {
    if (body.text === 'again') throw new Refusal(409, 'taken', { message: 'There is one already.' })
    return reply(201, body)
  },
  picture: () => reply(200, new Uint8Array([1, 2, 3]), { 'content-type': 'image/png', 'set-cookie': ['a=1', 'b=2'] }),
  async *words() {
    yield event('word', { text: 'one' })
    yield event('word', { text: 'two' })
  },
  async *broken() {
    yield event('word', { text: 'one' })
    throw new Error('out of words')
  },
  silent: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
})

type Tapped = AsyncDisposable & Readonly<{ proxy: WatchedProxy; listening: Listening }>

/** A proxy before a service of this process, which takes requests at once where that is told. */
async function tapped({ isLocal, hooks = {} }: { isLocal: boolean; hooks?: Hooks }): Promise<Tapped> {
  await using resources = new AsyncDisposableStack()
  const listening = resources.use(await listen(service))
  const local = () => (isLocal ? listening : undefined)
  const proxy = resources.use(await watchedProxy({ target: listening.url, local, hooks, unreachable: 'reset' }))
  const owned = resources.move()
  return { proxy, listening, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const ownHeaders = new Set(['host', 'date', 'x-request-id', 'connection', 'keep-alive', 'transfer-encoding'])

function comparable(headers: Exchange['request']['headers'] = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.has(name)))
}

/** All of an exchange that does not depend on the time, the ports and how its bytes are framed. */
function essence({ id, request, reply: given, events, frames, outcome, cut }: Exchange): unknown {
  const replied = given && { status: given.status, headers: comparable(given.headers), body: given.body?.toString() }
  const { method, path, headers, body } = request
  const asked = { method, path, headers: comparable(headers), body: body.toString() }
  return {
    id,
    asked,
    replied: JSON.parse(withoutIds(JSON.stringify(replied ?? null))) as unknown,
    events,
    frames,
    outcome,
    cut,
  }
}

function withoutIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '?')
}

const json = (text: string): RequestInit => ({
  method: 'POST',
  body: JSON.stringify({ text }),
  headers: { 'content-type': 'application/json' },
})

test.each<[string, string, RequestInit]>([
  ['a reply', '/notes?a=b', json('hello')],
  ['a refusal', '/notes', json('again')],
  ['a body over the record’s limit', '/notes', json('x'.repeat(70_000))],
  ['a body that nobody reads', '/nowhere', json('unread')],
  ['bytes and repeated headers', '/picture', {}],
  ['a reply without body', '/picture', { method: 'HEAD' }],
  ['a stream', '/words', {}],
  ['a stream that breaks off', '/broken', {}],
])('%s is on record as if there were a connection between', async (_what, path, init) => {
  const seen = await Promise.all(
    [true, false].map(async (isLocal) => {
      await using taps = await tapped({ isLocal })
      const answer = await fetch(taps.proxy.url + path, init)
      const text = await answer.text().catch(() => 'broken off')
      return { status: answer.status, text: withoutIds(text), exchange: essence(await taps.proxy.next()) }
    }),
  )
  expect(seen[0]).toEqual(seen[1])
})

test('a client finds the exchange on record when it has its reply', async () => {
  await using taps = await tapped({ isLocal: true })
  for (const path of ['/picture', '/words']) {
    await (await fetch(taps.proxy.url + path)).arrayBuffer()
    expect(taps.proxy.exchanges().at(-1)?.request.path).toBe(path)
  }
})

test('no connection is made to the provider, unless hooks are set', async () => {
  await using taps = await tapped({ isLocal: true })
  const hosts: unknown[] = []
  const echo = (headers: RequestInit['headers']) => fetch(`${taps.proxy.url}/picture`, { headers: headers ?? {} })
  await echo({})
  hosts.push((await taps.proxy.next()).request.headers['host'])
  taps.proxy.hooks({ reply: (given) => ({ ...given, status: 418 }) })
  expect((await echo({})).status).toBe(418)
  taps.proxy.hooks({})
  expect((await echo({})).status).toBe(200)
  expect(hosts).toEqual([new URL(taps.proxy.url).host])
})

test('a client that goes before it is answered has left', async () => {
  await using taps = await tapped({ isLocal: true })
  const sent = ask(`${taps.proxy.url}/silent`).end()
  sent.once('error', () => undefined)
  await once(sent, 'socket')
  setTimeout(() => sent.destroy(), 20)
  expect(await taps.proxy.next()).toMatchObject({ request: { path: '/silent' }, outcome: 'aborted' })
})

test('when the provider stops, whoever it is answering finds the connection broken', async () => {
  await using taps = await tapped({ isLocal: true })
  const answer = fetch(`${taps.proxy.url}/silent`).then(String, () => 'broken')
  const opened = ask(`${taps.proxy.url}/words`).end()
  await replyTo(opened)
  await taps.listening.stop()
  expect(await answer).toBe('broken')
})

test('a request that waits to be told to go on is told so', async () => {
  await using taps = await tapped({ isLocal: true })
  const body = JSON.stringify({ text: 'later' })
  const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' }
  const sent = ask(`${taps.proxy.url}/notes`, { method: 'POST', headers })
  sent.flushHeaders()
  await once(sent, 'continue')
  sent.end(body)
  expect((await replyTo(sent)).statusCode).toBe(201)
})
