import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import type { PactFile, PactInteraction } from '#harness/pact/file/pact-file.ts'
import { library } from '#harness/serve/example-contract.ts'
import { mock, type Mock } from '../mock.ts'

export const bookId = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

type Book = { id: string; title: string; pages: number }
type Memory = { books: Map<string, Book>; calls: string[]; [Symbol.dispose]: () => void }

/** What a mock of the library does: which memories it forgot. */
export type Forgotten = Memory[]

/** A library over a memory, for tests of what steers a mock. Each credential is somebody's. */
export function townLibrary(forgotten: Forgotten = []): Mock {
  return mock<typeof library, Memory, string>(library, {
    memory() {
      const memory: Memory = { books: new Map(), calls: [], [Symbol.dispose]: () => void forgotten.push(memory) }
      return memory
    },
    handlers: ({ books, calls }) => ({
      addBook({ body }) {
        const book = { id: bookId, ...body }
        books.set(bookId, book)
        return reply(201, book, { location: `/books/${bookId}` })
      },
      getBook({ params }) {
        calls.push(params.id)
        const book = books.get(params.id)
        if (!book) throw new Refusal(404, 'no_book', { message: 'There is no such book.' })
        return reply(200, book)
      },
      readme: () => reply(200, `${calls.length} calls`),
      async *readAloud() {
        for (const text of ['a', 'b', 'c']) yield event('word', { text })
        yield event('end', { words: 3 })
      },
      async desk(channel) {
        for await (const { data } of channel) channel.send({ type: 'unknown', data })
      },
    }),
    states: ({ books }) => ({
      bookExists: (book) => void books.set(book.id, { ...book, pages: 1 }),
      member: () => ({ token: 'valid' }),
    }),
    authenticate: (_memory, { value }) => value,
    onServed: ({ calls }, { status }) => void calls.push(`answered ${status}`),
  })
}

/** A pact with interactions of the library's readers. */
export function libraryPact(...interactions: readonly PactInteraction[]): PactFile {
  return {
    consumer: { name: 'reader' },
    provider: { name: 'library' },
    interactions: [...interactions],
    metadata: { pactSpecification: { version: '4.0' } },
  }
}

type Recorded = Readonly<{ method?: string; path: string; status: number; content?: unknown }>

/** A recorded request with its reply. */
export function recorded(description: string, { method = 'GET', path, status, content }: Recorded): PactInteraction {
  const body = content !== undefined && { body: { content, contentType: 'application/json', encoded: false } }
  return { type: 'Synchronous/HTTP', description, request: { method, path }, response: { status, ...body } }
}

/** A recorded stream or conversation. */
export function recordedMessages(description: string, envelope: unknown, said: unknown): PactInteraction {
  return {
    type: 'Synchronous/Messages',
    description,
    request: { contents: { content: envelope } },
    response: [{ contents: { content: said } }],
  }
}
