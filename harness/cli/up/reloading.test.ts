import { once } from 'node:events'
import { WebSocket } from 'ws'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { notesSystem } from '#harness/testing/notes-system.ts'
import { upProcess, type UpProcess } from '../testing/up-process.ts'

/** Enough for processes on a busy machine. */
const busyMs = 90_000
const known = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let project: TemporaryProject
beforeEach(async () => {
  project = await temporaryProject(notesSystem)
})
afterEach(() => project[Symbol.asyncDispose]())

type Note = Readonly<{ id: string; text: string; at: string }>

function deskOf(up: UpProcess) {
  const base = up.url('notes')
  async function post(path: string, body: unknown): Promise<Response> {
    return fetch(`${base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
  return {
    post,
    add: async (text: string) => (await (await post('/notes', { text })).json()) as Note,
    list: async () => (await (await fetch(`${base}/notes`)).json()) as readonly Note[],
    get: async (id: string) => (await fetch(`${base}/notes/${id}`)).status,
    dictate: async (words: readonly string[]) => (await post('/notes/dictate', { words })).text(),
  }
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = notesSystem[file] ?? ''
  expect(text).toContain(from)
  await project.write(file, text.replaceAll(from, to))
}

test(
  'an edited handler answers at once, and what was known is known, with the same ids and times',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    await up.api.setState({ params: { component: 'notes', state: 'noteExists' }, body: { id: known, text: 'set up' } })
    await desk.add('written')
    expect(await desk.dictate(['spoken', 'slowly'])).toContain('event: done')
    const before = await desk.list()
    expect(before.map(({ text }) => text)).toEqual(['set up', 'written', 'spoken slowly'])
    await edit('mocks/desk/notes.mock.ts', 'reply(200, memory.all())', 'reply(200, memory.all().toReversed())')
    const notice = await up.noticed('notes reloaded')
    expect(notice.message).toMatch(
      /^notes reloaded in \d+ ms: its state is kept \(1 state and 2 requests done again\)\.$/,
    )
    expect(await desk.list()).toEqual(before.toReversed())
  },
  busyMs,
)

test(
  'code that makes the memory counts from the first deed on',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    const { id } = await desk.add('quiet')
    await edit('mocks/desk/notes/memory.ts', '{ id, text,', '{ id, text: text.toUpperCase(),')
    await up.noticed('1 request done again')
    expect(await desk.list()).toMatchObject([{ id, text: 'QUIET' }])
    await project.write('mocks/desk/notes/memory.ts', notesSystem['mocks/desk/notes/memory.ts'] ?? '')
    await eventuallyTwice(up)
    expect(await desk.list()).toMatchObject([{ id, text: 'quiet' }])
  },
  busyMs,
)

async function eventuallyTwice(up: UpProcess): Promise<void> {
  await eventually(
    'reloaded twice',
    () => up.notices().filter(({ message }) => /reloaded in/.test(message)).length === 2,
  )
}

test(
  'an edited contract holds at once, for the mock and for what is said of requests',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    const { id } = await desk.add('kept')
    await edit('contracts/desk/notes.ts', "http.get('/notes',", "http.get('/all-notes',")
    await up.noticed('1 request done again')
    expect((await fetch(`${up.url('notes')}/all-notes`)).status).toBe(200)
    expect(await desk.get(id)).toBe(200)
    const { exchanges } = (await up.api.listExchanges()).body
    expect(exchanges.map(({ path, operation }) => [path, operation])).toContainEqual(['/all-notes', 'listNotes'])
    const { components } = (await up.api.getStack()).body
    expect(components[0]?.operations).toContainEqual(expect.objectContaining({ path: '/all-notes' }))
  },
  busyMs,
)

test(
  'a state whose schema has changed is said, and the mock starts empty',
  async () => {
    await using up = await upProcess('desk', {
      root: project.root,
      args: ['--state', `noteExists:{"id":"${known}","text":"old"}`],
    })
    const desk = deskOf(up)
    await desk.add('written')
    await edit(
      'contracts/desk/shapes.ts',
      'noteParams = { id: z.uuid(), text',
      'noteParams = { id: z.uuid(), text: z.string().max(5), words',
    )
    const notice = await up.noticed('notes reloaded')
    expect(notice.message).toContain('it starts empty, as the schema of "noteExists" is another one now.')
    expect(await desk.list()).toEqual([])
  },
  busyMs,
)

test(
  'a state that nobody set up may change as it likes',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    await desk.add('written')
    await edit('contracts/desk/shapes.ts', 'noteParams = { id: z.uuid(), text', 'noteParams = { id: z.uuid(), words')
    await up.noticed('its state is kept')
    expect(await desk.list()).toMatchObject([{ text: 'written' }])
  },
  busyMs,
)

test(
  'code that cannot be read leaves the old one running, and says what is wrong and where',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    await desk.add('kept')
    await edit('mocks/desk/notes/memory.ts', 'const notes = new Map()', 'const notes = = new Map()')
    const { message, level } = await up.noticed('not reloaded')
    expect(level).toBe('error')
    expect(message).toContain('notes was not reloaded, and goes on as before.')
    expect(message).toContain('mocks/desk/notes/memory.ts')
    expect(message).toContain('const notes = = new Map()')
    expect(await desk.list()).toMatchObject([{ text: 'kept' }])
    await edit('mocks/desk/notes/memory.ts', 'const notes = new Map()', 'const notes = new Map<string, unknown>()')
    await up.noticed('notes reloaded in')
    expect(await desk.list()).toMatchObject([{ text: 'kept' }])
  },
  busyMs,
)

test(
  'what the new code does not take any more is said',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    await desk.add('short')
    await desk.add('much too long')
    await edit(
      'contracts/desk/notes.ts',
      'body: z.object({ text: z.string(),',
      'body: z.object({ text: z.string().max(5),',
    )
    const { message } = await up.noticed('does not take again')
    expect(message).toBe('notes does not take again what it took before: POST /notes: 422 now.')
    expect(await desk.list()).toMatchObject([{ text: 'short' }])
  },
  busyMs,
)

test(
  'a reset is not undone by a reload',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    await desk.add('forgotten')
    await up.api.reset()
    await edit('mocks/desk/notes.mock.ts', "'hello '", "'good day '")
    await up.noticed('it knew nothing yet')
    expect(await desk.list()).toEqual([])
  },
  busyMs,
)

test(
  'open channels are told to come again, and find the new code',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    const url = `${up.url('notes').replace('http', 'ws')}/desk`
    const socket = new WebSocket(url)
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await edit('mocks/desk/notes.mock.ts', "'hello '", "'good day '")
    expect((await closed)[0]).toBe(1012)
    const again = new WebSocket(url)
    await once(again, 'open')
    again.send('{"type":"ask","data":{"token":"abc"}}')
    expect(String((await once(again, 'message'))[0])).toContain('good day 3')
    again.terminate()
  },
  busyMs,
)

test(
  'a change of ports asks for a new start',
  async () => {
    await using up = await upProcess('desk', { root: project.root })
    await edit('contracts/desk/system.ts', 'port: 7003', 'port: 7004')
    expect(await up.noticed('components, ports or edges')).toMatchObject({ level: 'warning' })
    expect(await deskOf(up).list()).toEqual([])
  },
  busyMs,
)

test(
  'a pact that is recorded meanwhile is what requests are compared with',
  async () => {
    const file = 'pacts/desk/writer--notes.json'
    await project.write(file, pactOf([]))
    await using up = await upProcess('desk', { root: project.root })
    const desk = deskOf(up)
    await desk.list()
    const listing = { request: { method: 'GET', path: '/notes' }, response: { status: 200 } }
    await project.write(file, pactOf([{ type: 'Synchronous/HTTP', description: 'lists notes', ...listing }]))
    await up.noticed('notes reloaded')
    await desk.list()
    await eventually('both requests are told', () => up.exchanges().length === 2, busyMs / 2)
    expect(up.exchanges().map(({ match }) => match)).toEqual([
      { kind: 'unrecorded' },
      { kind: 'recorded', consumer: 'writer', interaction: 'lists notes' },
    ])
    await project.write(file, 'no pact')
    expect(await up.noticed('contracts and pacts are known as before')).toMatchObject({ level: 'error' })
  },
  busyMs,
)

function pactOf(interactions: readonly object[]): string {
  const metadata = { pactSpecification: { version: '4.0' } }
  return JSON.stringify({ consumer: { name: 'desk-writer' }, provider: { name: 'desk-notes' }, interactions, metadata })
}
