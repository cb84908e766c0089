import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { client } from '#harness/client/client.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { exactly } from '#harness/contract/example.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { mock, type Mock } from '#harness/mock/mock.ts'
import { library } from '#harness/serve/example-contract.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { readPact, type PactFile } from '../file/pact-file.ts'
import type { AnyInteraction } from '../record/interaction.ts'
import { recordHttp } from '../record/record-http.ts'
import { recordStream } from '../record/record-stream.ts'
import type { Recording, RecordingApi } from '../record/recording.ts'
import { mockTarget } from './mock-target.ts'
import { replay, type ReplayedInteraction } from './replay.ts'
import type { Target } from './target.ts'
import { startVerifier, type PactVerifier } from './verifier.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const dune = library.states.bookExists({ id, title: 'Dune' })
const ann = library.states.member({ name: 'Ann' })

type Shelf = { books: Map<string, string>; tokens: Map<string, string> }
type Member = { name: string }

function handlersOf(shelf: Shelf): Handlers<OperationsOf<typeof library>, Member> {
  const book = (bookId: string) => {
    const title = shelf.books.get(bookId)
    if (title === undefined) throw new Refusal(404, 'no_book', { message: 'There is no such book.' })
    return { id: bookId, title, pages: 412, lent: false }
  }
  return {
    addBook: ({ body }) => reply(201, { id, ...body }, { location: `/books/${id}` }),
    getBook: ({ params }) => reply(200, book(params.id)),
    listBooks: ({ query }) => reply(200, { books: [...shelf.books.keys()].map(book), page: query.page }),
    dropBook: () => reply(204),
    putCover: ({ body }) => reply(200, { size: body.byteLength }),
    readme: () => reply(200, 'Read me.'),
    async *readAloud() {
      for (const [index, text] of ['a', 'b'].entries()) yield event('word', { text }, String(index + 1))
      yield event('end', { words: 2 })
    },
    async desk(channel) {
      for await (const { data } of channel) channel.send({ type: 'unknown', data })
    },
  }
}

function libraryMock(
  change: (handlers: ReturnType<typeof handlersOf>) => Partial<ReturnType<typeof handlersOf>> = () => ({}),
): Mock {
  return mock<typeof library, Shelf, Member>(library, {
    memory: () => ({ books: new Map(), tokens: new Map() }),
    handlers(shelf) {
      const handlers = handlersOf(shelf)
      return { ...handlers, ...change(handlers) }
    },
    authenticate(shelf, { value }) {
      const name = shelf.tokens.get(value)
      return name === undefined ? undefined : { name }
    },
    states: (shelf) => ({
      bookExists: (book) => void shelf.books.set(book.id, book.title),
      member({ name }) {
        shelf.tokens.set(`token-of-${name}`, name)
        return { token: `token-of-${name}` }
      },
    }),
  })
}

const ignore = (): Promise<void> => Promise.resolve()

const interactions: Record<string, readonly [AnyInteraction, (api: RecordingApi) => Promise<void>]> = {
  'reads a book': [
    {
      given: [dune],
      call: library.getBook({ params: { id } }),
      reply: { status: 200, body: { title: exactly('Dune'), pages: 412 } },
    },
    async ({ url }) => void (await client(library, { baseUrl: url }).getBook({ params: { id } })),
  ],
  'adds a book': [
    {
      given: [ann],
      call: library.addBook({ body: { title: 'Emma', pages: 1 } }),
      credential: 'bearer',
      reply: { status: 201, body: { title: exactly('Emma') } },
    },
    async ({ url, placeholder }) => {
      const member = client(library, { baseUrl: url, credentials: { kind: 'bearer', token: () => placeholder } })
      await member.addBook({ body: { title: 'Emma', pages: 1 } })
    },
  ],
  'hears a book': [
    {
      given: [dune],
      call: library.readAloud({ params: { id } }),
      events: [
        { event: 'word', data: { text: 'once' }, id: exactly('1') },
        { event: 'end', data: { words: 2 } },
      ],
    },
    async ({ url }) => {
      for await (const _event of client(library, { baseUrl: url }).readAloud({ params: { id } })) continue
    },
  ],
  'asks at the desk': [
    {
      given: [ann],
      call: library.desk(),
      credential: 'bearer',
      conversation: [
        { send: 'ask', data: { title: 'Emma' } },
        { receive: 'unknown', data: { title: exactly('Emma') } },
      ],
    },
    async ({ url }) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/desk`, {
        headers: { authorization: 'Bearer placeholder', 'x-request-id': 'r' },
      } as unknown as string[])
      socket.addEventListener('open', () => socket.send('{"type":"ask","data":{"title":"Emma"}}'))
      await new Promise((resolve) => socket.addEventListener('message', resolve))
      socket.close()
    },
  ],
}

let folder: string
let verifier: PactVerifier

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-test-'))
  verifier = await startVerifier()
}, startUpMs)

afterAll(async () => {
  await verifier[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function record(description: string): Promise<PactFile> {
  const [interaction, run] = interactions[description]!
  const recording: Recording = {
    consumer: 'reader',
    contract: library,
    description,
    interaction,
    testFile: 'reader.pact.test.ts',
    folder: join(folder, description),
  }
  const isStream = interaction.events !== undefined || interaction.conversation !== undefined
  await (isStream ? recordStream : recordHttp)(recording, run)
  return readPact(join(folder, description, 'reader-library.json'))
}

async function replayed(
  description: string,
  target: Target,
  change: (pact: PactFile) => PactFile = (pact) => pact,
): Promise<ReplayedInteraction> {
  await using disposed = target
  const pact = change(await record(description))
  const [result] = await replay({ pact, contract: library, target: disposed, verifier, timeoutMs: 700 })
  return result!
}

test.each([
  ['reads a book', 'getBook'],
  ['adds a book', 'addBook'],
  ['hears a book', 'readAloud'],
  ['asks at the desk', 'desk'],
])(
  '%s: recorded from the client, green on a mock that keeps the contract',
  async (description, operation) => {
    expect(await replayed(description, await mockTarget(libraryMock()))).toMatchObject({ operation, findings: [] })
  },
  startUpMs,
)

test(
  'a value that is not the recorded one is red, at its field',
  async () => {
    const drifting = libraryMock(() => ({ getBook: () => reply(200, { id, title: 'Emma', pages: 412, lent: false }) }))
    const { findings } = await replayed('reads a book', await mockTarget(drifting))
    expect(findings).toMatchObject([
      {
        code: 'interaction-mismatch',
        edge: 'reader -> library',
        operation: 'getBook',
        path: '$.reply.body.title',
        target: 'mock',
      },
    ])
  },
  startUpMs,
)

test(
  'what the mock would have sent outside its contract is the evidence',
  async () => {
    const broken = libraryMock(() => ({ getBook: () => ({ status: 202 }) as never }))
    const { findings, evidence } = await replayed('reads a book', await mockTarget(broken))
    expect(findings[0]).toMatchObject({ path: '$.reply.status' })
    expect(evidence.join()).toContain('reply-outside-contract')
  },
  startUpMs,
)

test(
  'a field beyond the recorded ones is green',
  async () => {
    const richer = libraryMock(() => ({ getBook: () => reply(200, { id, title: 'Dune', pages: 1, lent: true }) }))
    expect((await replayed('reads a book', await mockTarget(richer))).findings).toEqual([])
  },
  startUpMs,
)

test(
  'an event with data of another kind is red, at the event',
  async () => {
    const drifting = libraryMock(() => ({
      async *readAloud() {
        yield event('word', { text: 'a' }, '7')
        yield event('end', { words: 2 })
      },
    }))
    expect((await replayed('hears a book', await mockTarget(drifting))).findings).toMatchObject([
      { code: 'stream-mismatch', operation: 'readAloud', path: '$.word[0].id' },
    ])
  },
  startUpMs,
)

test(
  'a stream that does not end where the recorded one does is red',
  async () => {
    const endless = libraryMock(() => ({
      async *readAloud({ signal }) {
        yield event('word', { text: 'a' }, '1')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      },
    }))
    expect((await replayed('hears a book', await mockTarget(endless))).findings).toMatchObject([
      { code: 'stream-not-ended' },
    ])
  },
  startUpMs,
)

test(
  'a channel that says nothing is red',
  async () => {
    const silent = libraryMock(() => ({
      async desk(channel) {
        for await (const _message of channel) continue
      },
    }))
    expect((await replayed('asks at the desk', await mockTarget(silent))).findings).toMatchObject([
      { code: 'no-answer', operation: 'desk' },
    ])
  },
  startUpMs,
)

test(
  'a state without handler is red, where Pact itself only warns',
  async () => {
    const target = await mockTarget(libraryMock())
    const forgetful = { ...target, states: new Set(['member']) }
    expect((await replayed('reads a book', forgetful)).findings).toMatchObject([{ code: 'state-without-handler' }])
  },
  startUpMs,
)

test(
  'a state that fails is red, where Pact itself goes on',
  async () => {
    const target = await mockTarget(libraryMock())
    const failing = { ...target, setUp: () => Promise.reject(new Error('no database')) }
    expect((await replayed('adds a book', failing)).findings).toMatchObject([
      { code: 'state-failed', message: 'State "member" failed: no database.' },
    ])
  },
  startUpMs,
)

test(
  'a call that the contract does not have is red',
  async () => {
    const elsewhere = (pact: PactFile): PactFile => {
      const changed = structuredClone(pact)
      const [interaction] = changed.interactions
      if (interaction?.type === 'Synchronous/HTTP') interaction.request.path = `/v1/books/${id}`
      return changed
    }
    expect((await replayed('reads a book', await mockTarget(libraryMock()), elsewhere)).findings).toMatchObject([
      { code: 'operation-undeclared', message: `The contract of library has no operation for GET /v1/books/${id}.` },
    ])
  },
  startUpMs,
)

test(
  'nobody listening is red',
  async () => {
    const target = await mockTarget(libraryMock())
    await target[Symbol.asyncDispose]()
    expect((await replayed('reads a book', { ...target, [Symbol.asyncDispose]: ignore })).findings).toMatchObject([
      { code: 'target-unreachable' },
    ])
  },
  startUpMs,
)
