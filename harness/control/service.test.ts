import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { client, type Client } from '#harness/client/client.ts'
import { ReplyError } from '#harness/client/errors.ts'
import type { System } from '#harness/contract/system.ts'
import { notesSystem } from '#harness/testing/notes-system.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { control as api } from './contract.ts'
import type { Controlled } from './controlled.ts'
import type { ControlHost } from './host.ts'

const known = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const edge = { consumer: 'writer', provider: 'notes' }

let project: TemporaryProject
let desk: System
let open: () => Promise<Opened>
beforeAll(async () => {
  const pact = {
    consumer: { name: 'desk-writer' },
    provider: { name: 'desk-notes' },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        description: 'adds a note',
        request: {
          method: 'POST',
          path: '/notes',
          body: { content: { text: 'a' }, contentType: 'application/json' },
        },
        response: { status: 201, body: { content: { text: 'a' }, contentType: 'application/json' } },
      },
    ],
    metadata: { pactSpecification: { version: '4.0' } },
  }
  project = await temporaryProject({ ...notesSystem, 'pacts/desk/writer--notes.json': JSON.stringify(pact) })
  // Before the modules are loaded that look for the project.
  process.env['CONCORDAT_ROOT'] = project.root
  const { loadSystem } = await import('#harness/project/systems.ts')
  const { startStack } = await import('#harness/scenario/stack.ts')
  const { control } = await import('./controlled.ts')
  const { readPactBook } = await import('./explain/pact-book.ts')
  const { hostControl } = await import('./host.ts')
  desk = await loadSystem('desk')
  open = async () => {
    await using resources = new AsyncDisposableStack()
    let note: Controlled['note'] = () => undefined
    const stack = resources.use(await startStack(desk, 'mock', { onExchange: (...given) => note(...given) }))
    const controlled = control(stack, { system: desk, pacts: await readPactBook(desk) })
    note = controlled.note
    const page = (request: Request) => Promise.resolve(pageAt(request))
    const host = resources.use(await hostControl(controlled, { page }))
    const owned = resources.move()
    return {
      host,
      controlled,
      api: client(api, { baseUrl: host.url, credentials: { kind: 'bearer', token: () => host.token }, retries: 0 }),
      notes: stack.url('writer', 'notes'),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  }
})
afterAll(() => project[Symbol.asyncDispose]())

type Opened = AsyncDisposable &
  Readonly<{ host: ControlHost; controlled: Controlled; api: Client<typeof api>; notes: string }>

function pageAt(request: Request): Response | undefined {
  return new URL(request.url).pathname === '/' ? new Response('the page') : undefined
}

function add(notes: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer top-secret', cookie: 'sid=top-secret' }
  return fetch(`${notes}/notes`, { method: 'POST', headers, body: JSON.stringify(body) })
}

async function refusal(call: Promise<unknown>): Promise<readonly unknown[]> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ReplyError)) throw new Error('it was not refused', { cause: error })
  const { details } = (error.body as { error: { details?: readonly { field: string; message: string }[] } }).error
  return [error.status, error.problem?.code, error.problem?.message, ...(details ?? [])]
}

test('the stack: components with states and operations, edges with their addresses and pacts', async () => {
  await using opened = await open()
  const { body } = await opened.api.getStack()
  expect(body).toMatchObject({
    system: 'desk',
    components: [{ name: 'notes', kind: 'mock', up: true, detail: 'mock (seed 1)', takesStates: true }],
    edges: [{ ...edge, urls: [opened.notes], interactions: 1, faults: [] }],
    established: [],
  })
  const [notes] = body.components
  expect(notes?.states.map(({ name }) => name)).toEqual(['noteExists', 'empty'])
  expect(notes?.states[0]?.params).toMatchObject({ type: 'object', required: ['id', 'text'] })
  expect(notes?.operations).toContainEqual({ name: 'dictate', kind: 'sse', method: 'POST', path: '/notes/dictate' })
})

test('exchanges are listed with what they are by contract and pact, and shown with their secrets masked', async () => {
  await using opened = await open()
  await add(opened.notes, { text: 'hello' })
  await add(opened.notes, { text: 'hello', pin: '1234' })
  await (await fetch(`${opened.notes}/note?token=abc`)).text()
  const { exchanges } = (await opened.api.listExchanges()).body
  expect(exchanges.map(({ operation, status, match }) => [operation, status, match])).toEqual([
    ['addNote', 201, { kind: 'recorded', consumer: 'writer', interaction: 'adds a note' }],
    [
      'addNote',
      201,
      {
        kind: 'unrecorded',
        nearest: {
          consumer: 'writer',
          interaction: 'adds a note',
          differences: ['$.request.body.pin: not recorded'],
        },
      },
    ],
    [
      undefined,
      404,
      {
        kind: 'undeclared',
        nearest: { operation: 'listNotes', signature: 'GET /notes', differences: ['path: /note, not /notes'] },
      },
    ],
  ])
  const pinned = (await opened.api.getExchange({ params: { id: exchanges[1]?.id ?? 0 } })).body
  expect(pinned.request.headers).toMatchObject({ authorization: 'Bearer ***', cookie: 'sid=***' })
  expect(pinned.request.body).toEqual({ kind: 'json', value: { text: 'hello', pin: '***' } })
  expect(pinned.reply).toMatchObject({ status: 201, body: { kind: 'json', value: { text: 'hello' } } })
  const asked = (await opened.api.getExchange({ params: { id: exchanges[2]?.id ?? 0 } })).body
  expect(asked).toMatchObject({ path: '/note', query: { token: ['***'] } })
})

test('exchanges can be asked for by edge, operation and what came since, and forgotten', async () => {
  await using opened = await open()
  for (const text of ['a', 'b', 'c']) await add(opened.notes, { text })
  await (await fetch(`${opened.notes}/notes`)).text()
  const ids = async (query: object) =>
    (await opened.api.listExchanges({ query })).body.exchanges.map(({ id, operation }) => [id, operation])
  expect(await ids({ operation: 'listNotes' })).toEqual([[4, 'listNotes']])
  expect(await ids({ after: 2 })).toEqual([
    [3, 'addNote'],
    [4, 'listNotes'],
  ])
  expect(await ids({ limit: 1 })).toEqual([[4, 'listNotes']])
  expect(await ids({ consumer: 'somebody' })).toEqual([])
  await opened.api.clearExchanges()
  expect(await ids({})).toEqual([])
})

test('streams are shown event by event', async () => {
  await using opened = await open()
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ words: ['one', 'two'] })
  await (await fetch(`${opened.notes}/notes/dictate`, { method: 'POST', headers, body })).text()
  const shown = (await opened.api.getExchange({ params: { id: 1 } })).body
  expect(shown).toMatchObject({ operation: 'dictate', outcome: 'streamed', cut: false })
  expect(shown.events?.map(({ event, data }) => [event, data])).toEqual([
    ['word', { word: 'one' }],
    ['word', { word: 'two' }],
    ['done', expect.objectContaining({ text: 'one two' })],
  ])
})

test('what happens can be watched, and what was missed is told to who comes back', async () => {
  await using opened = await open()
  await add(opened.notes, { text: 'before' })
  const stop = new AbortController()
  const seen: string[] = []
  async function watch(): Promise<void> {
    for await (const { event, data } of opened.api.live({}, { signal: stop.signal })) {
      seen.push(event === 'exchange' ? `${event} ${data.id}` : event)
    }
  }
  const watching = watch().catch(() => undefined)
  await eventually('it is watched', async () => {
    opened.controlled.notice({ level: 'info', message: 'here' })
    return Promise.resolve(seen.includes('notice'))
  })
  await add(opened.notes, { text: 'after' })
  await opened.api.setState({ params: { component: 'notes', state: 'empty' }, body: {} })
  await eventually('the change is told', () => seen.includes('changed'))
  expect(seen.filter((one) => one !== 'notice')).toEqual(['exchange 2', 'changed'])
  stop.abort()
  await watching
  const again = await fetch(`${opened.host.url}/api/exchanges/live`, {
    headers: { authorization: `Bearer ${opened.host.token}`, 'last-event-id': '1' },
  })
  const reader = again.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain('id: 2\nevent: exchange\n')
  await reader.cancel()
})

test('a state is set up, is seen in the stack, and is gone with the reset', async () => {
  await using opened = await open()
  const { body } = await opened.api.setState({
    params: { component: 'notes', state: 'noteExists' },
    body: { id: known, text: 'set up' },
  })
  expect(body).toEqual({ provided: {} })
  expect((await fetch(`${opened.notes}/notes/${known}`)).status).toBe(200)
  const established = async () => (await opened.api.getStack()).body.established
  expect(await established()).toMatchObject([
    { component: 'notes', state: 'noteExists', params: { id: known, text: 'set up' } },
  ])
  await opened.api.reset()
  expect((await fetch(`${opened.notes}/notes/${known}`)).status).toBe(404)
  expect(await established()).toEqual([])
})

test('faults are armed on an edge or on one operation, are counted, and taken back', async () => {
  await using opened = await open()
  const fault = { kind: 'status', status: 503, times: 1 } as const
  const set = await opened.api.setFaults({ params: edge, body: { faults: [{ fault, operation: 'addNote' }] } })
  expect(set.body).toEqual({ faults: [{ fault, operation: 'addNote' }] })
  const list = async () => (await fetch(`${opened.notes}/notes`)).status
  expect([await list(), (await add(opened.notes, { text: 'a' })).status]).toEqual([200, 503])
  expect((await add(opened.notes, { text: 'a' })).status).toBe(201)
  expect((await opened.api.getStack()).body.edges[0]?.faults).toEqual([{ fault, operation: 'addNote', acted: 1 }])
  const { exchanges } = (await opened.api.listExchanges({ query: { operation: 'addNote' } })).body
  expect(exchanges[0]).toMatchObject({ status: 503, faults: ['status'] })
  await opened.api.setFaults({ params: edge, body: { faults: [{ fault: { kind: 'reset' } }] } })
  await expect(list()).rejects.toThrow('fetch failed')
  await opened.api.clearFaults({ params: edge })
  expect((await opened.api.getFaults({ params: edge })).body).toEqual({ faults: [] })
  expect(await list()).toBe(200)
})

test('a test says the same: what it arms is what the control API shows', async () => {
  await using opened = await open()
  opened.controlled.stack.fault('writer', 'notes', [{ kind: 'hang' }])
  expect((await opened.api.getFaults({ params: edge })).body).toEqual({ faults: [{ fault: { kind: 'hang' } }] })
})

test('a component is swapped for one that somebody else runs, and back', async () => {
  await using opened = await open()
  await using server = createServer((_request, response) => void response.writeHead(200).end('elsewhere')).listen(
    0,
    '127.0.0.1',
  )
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const text = async () => (await fetch(`${opened.notes}/notes`)).text()
  await opened.api.setComponent({ params: { component: 'notes' }, body: { kind: 'url', url } })
  expect(await text()).toBe('elsewhere')
  const { components } = (await opened.api.getStack()).body
  expect(components).toMatchObject([{ kind: 'url', detail: `at ${url}`, takesStates: false }])
  const state = { params: { component: 'notes', state: 'empty' }, body: {} }
  expect(await refusal(opened.api.setState(state))).toEqual([
    409,
    'not_possible',
    'Somebody else runs notes: its states cannot be set up here. Swap it for its mock first.',
  ])
  await opened.api.setComponent({ params: { component: 'notes' }, body: { kind: 'mock' } })
  expect(await text()).toBe('[]')
})

test('coverage counts what was called of the contract, and seen of the pact', async () => {
  await using opened = await open()
  await add(opened.notes, { text: 'a' })
  await add(opened.notes, { text: 'a', pin: '1' })
  await (await fetch(`${opened.notes}/notices`)).text()
  const coverage = async () => (await opened.api.getCoverage()).body.edges
  expect(await coverage()).toEqual([
    {
      ...edge,
      operations: [{ operation: 'addNote', called: 2, recorded: 1 }],
      undeclared: 1,
      interactions: [{ interaction: 'adds a note', seen: 1 }],
    },
  ])
  await opened.api.clearExchanges()
  expect(await coverage()).toMatchObject([{ operations: [], undeclared: 0, interactions: [{ seen: 0 }] }])
})

test('what there is not is 404, and those there are are named', async () => {
  await using opened = await open()
  const { api: calls } = opened
  const setState = (component: string, state: string) => calls.setState({ params: { component, state }, body: {} })
  expect(await refusal(setState('nots', 'empty'))).toEqual([
    404,
    'unknown_component',
    'There is no component "nots" here. Name one of notes.',
  ])
  expect(await refusal(setState('notes', 'emty'))).toEqual([
    404,
    'unknown_state',
    'There is no state "emty" here. Name one of noteExists, empty.',
  ])
  expect(await refusal(calls.getFaults({ params: { consumer: 'notes', provider: 'writer' } }))).toEqual([
    404,
    'unknown_edge',
    'There is no edge "notes -> writer" here. Name one of writer -> notes.',
  ])
  expect(await refusal(calls.getExchange({ params: { id: 7 } }))).toEqual([
    404,
    'unknown_exchange',
    'Exchange 7 is not kept (any more). List those that are.',
  ])
})

test('what is not valid is 422, and each mistake names its field', async () => {
  await using opened = await open()
  const { api: calls, host } = opened
  const params = { component: 'notes', state: 'noteExists' }
  expect(await refusal(calls.setState({ params, body: { id: 'x' } }))).toEqual([
    422,
    'validation_error',
    'Not valid: body.id, body.text.',
    { field: 'body.id', message: 'Invalid UUID' },
    { field: 'body.text', message: expect.stringContaining('expected string') },
  ])
  const faults = [{ fault: { kind: 'dropMessage' as const }, operation: 'addNote' }]
  expect(await refusal(calls.setFaults({ params: edge, body: { faults } }))).toEqual([
    422,
    'validation_error',
    'Not valid: body.faults.0.operation.',
    { field: 'body.faults.0.operation', message: expect.stringContaining('never meets addNote') },
  ])
  const sent = await fetch(`${host.url}/api/edges/writer/notes/faults`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${host.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ faults: [{ fault: { kind: 'latency', ms: -1, mss: 2 } }, { fault: { kind: 'sleep' } }] }),
  })
  const { details } = ((await sent.json()) as { error: { details: { field: string }[] } }).error
  expect([sent.status, details.map(({ field }) => field)]).toEqual([
    422,
    ['body.faults.0.fault.ms', 'body.faults.0.fault', 'body.faults.1.fault.kind'],
  ])
})

test('who has no token, or another one, is refused, and the page is for everybody', async () => {
  await using opened = await open()
  const { url, token } = opened.host
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${url}${path}`, { headers })).status
  expect(await status('/api/stack')).toBe(401)
  expect(await status('/api/stack', { authorization: `Bearer ${token}x` })).toBe(401)
  expect(await status('/api/stack', { authorization: `Bearer ${token}` })).toBe(200)
  expect(await (await fetch(url)).text()).toBe('the page')
  expect(await status('/nothing')).toBe(404)
})

test('its address is one of loopback, and the page gets the token behind the #', async () => {
  await using opened = await open()
  const { url, token, pageUrl } = opened.host
  expect(new URL(url).hostname).toBe('127.0.0.1')
  expect(pageUrl).toBe(`${url}/#${token}`)
  expect(token).toMatch(/^[\w-]{32}$/)
})
