import { library } from '#harness/serve/example-contract.ts'
import { listenMock } from './listen.ts'
import { mock, type MockOptions, type StartedMock } from './mock.ts'
import { intercept } from './msw/intercept.ts'
import { bookId, townLibrary, type Forgotten } from './testing/town-library.ts'

const path = `/books/${bookId}`

function statusIn(session: string | undefined, { service }: StartedMock, url = path): Promise<number> {
  const headers = session === undefined ? {} : { 'x-concordat-session': session }
  return service.fetch(new Request(`http://library.test${url}`, { headers })).then(({ status }) => status)
}

function started(options: MockOptions = {}) {
  const forgotten: Forgotten = []
  const notices: string[] = []
  const instance = townLibrary(forgotten).start({ onNotice: (text) => notices.push(text), ...options })
  return { instance, forgotten, notices }
}

test('sessions share nothing, with each other and with those that name none', async () => {
  const { instance } = started()
  const added = new Request('http://library.test/books', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer valid', 'x-concordat-session': 'one' },
    body: JSON.stringify({ title: 'Dune', pages: 412 }),
  })
  expect((await instance.service.fetch(added)).status).toBe(201)
  expect(await Promise.all(['one', 'two', undefined].map((session) => statusIn(session, instance)))).toEqual([
    200, 404, 404,
  ])
})

test('a state is set up in one session', async () => {
  const { instance } = started()
  await instance.setUp('bookExists', { id: bookId, title: 'Dune' }, { session: 'one' })
  expect(await statusIn('one', instance)).toBe(200)
  expect(await statusIn(undefined, instance)).toBe(404)
  await expect(instance.setUp('member', {}, { session: 'no id' })).rejects.toThrow('x-concordat-session: no id')
})

test('a reset forgets all sessions', async () => {
  const { instance, forgotten } = started()
  for (const session of ['one', 'two']) await instance.setUp('bookExists', { id: bookId, title: 'Dune' }, { session })
  await instance.reset()
  expect(forgotten).toHaveLength(3)
  expect(await statusIn('one', instance)).toBe(404)
  await instance[Symbol.asyncDispose]()
  expect(forgotten).toHaveLength(5)
})

test('beyond their number the one used least recently is dropped, and that is said', async () => {
  const { instance, notices, forgotten } = started({ mostSessions: 2 })
  await instance.setUp('bookExists', { id: bookId, title: 'Dune' }, { session: 'one' })
  expect([await statusIn('two', instance), await statusIn('one', instance), await statusIn('three', instance)]).toEqual(
    [404, 200, 404],
  )
  expect(forgotten).toHaveLength(1)
  expect(notices).toEqual([
    'library: session "two" is dropped, as there are more than 2. It begins anew when asked again.',
  ])
  expect(await statusIn('one', instance)).toBe(200)
})

test.each(['', 'with space', 'x'.repeat(129), 'ä'])('"%s" is no session', async (session) => {
  const { instance } = started()
  expect(await statusIn(encodeURI(session).replaceAll('%20', ' '), instance)).toBe(400)
})

test('what a mock does by itself it does in no session, and says so once', async () => {
  const ran: object[] = []
  const notices: string[] = []
  const restless = mock<typeof library, object>(library, {
    memory: () => ({}),
    handlers: () => ({}),
    states: () => ({ bookExists: () => undefined, member: () => ({ token: 'valid' }) }),
    background: (memory) => Promise.resolve(void ran.push(memory)),
  })
  await using instance = restless.start({ peers: () => '', onNotice: (text) => notices.push(text) })
  for (const session of ['one', 'two']) await statusIn(session, instance, '/readme')
  expect(notices).toEqual(['library: what it does by itself, it does outside of all sessions (x-concordat-session).'])
  expect(ran).toHaveLength(1)
})

test('a page that cannot set headers names its session among the subprotocols of a channel', async () => {
  await using listening = await listenMock(townLibrary())
  const socket = new WebSocket(`${listening.url.replace('http', 'ws')}/desk`, [
    'messages',
    'bearer.valid',
    'concordat-session.one',
  ])
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  expect(socket.protocol).toBe('messages')
  socket.send(JSON.stringify({ type: 'ask', data: { title: 'Emma' } }))
  const { data } = await new Promise<MessageEvent<string>>((resolve) => socket.addEventListener('message', resolve))
  expect(JSON.parse(data)).toMatchObject({ type: 'unknown' })
  socket.close()
})

test('in process, each session has cookies of its own for its channels', async () => {
  const seen: (string | null)[] = []
  const { service } = townLibrary().start()
  await using _interception = intercept({
    'http://library.test': {
      ...service,
      async fetch(request) {
        const sid = request.headers.get('x-concordat-session') ?? 'common'
        return new Response(null, { headers: { 'set-cookie': `sid=${sid}; Path=/` } })
      },
      async upgrade(request) {
        seen.push(request.headers.get('cookie'))
        return { kind: 'refused', response: Response.error() }
      },
    },
  })
  await fetch('http://library.test/readme', { headers: { 'x-concordat-session': 'one' } })
  await fetch('http://library.test/readme')
  for (const protocols of [['concordat-session.one'], ['concordat-session.two'], []]) {
    const socket = new WebSocket('ws://library.test/desk', protocols)
    await new Promise((resolve) => socket.addEventListener('close', resolve))
  }
  expect(seen).toEqual(['sid=one', null, 'sid=common'])
})
