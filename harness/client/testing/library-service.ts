import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { listen, type Listening } from '#harness/serve/node/host.ts'
import { serve } from '#harness/serve/serve.ts'
import { client, type Client } from '../client.ts'
import type { ClientOptions } from '../options.ts'

export const duneId = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
export const dune = { id: duneId, title: 'Dune', pages: 412, lent: false }

type Member = { name: string }
type LibraryHandlers = Handlers<OperationsOf<typeof library>, Member>

const handlers: LibraryHandlers = {
  addBook: ({ body, principal }) =>
    reply(201, { id: duneId, ...body, title: `${body.title} for ${principal.name}` }, { location: `/books/${duneId}` }),
  getBook({ params }) {
    if (params.id !== duneId) throw new Refusal(404, 'no_book', { message: 'There is no such book.' })
    return reply(200, dune)
  },
  listBooks: ({ query }) => reply(200, { books: [dune], page: query.page }),
  dropBook: () => reply(204),
  putCover: ({ body }) => reply(200, { size: body.byteLength }),
  readme: () => reply(200, 'Read me.'),
  async *readAloud() {
    yield event('word', { text: 'a' }, '1')
    yield event('word', { text: 'b' }, '2')
    yield event('end', { words: 2 }, '3')
  },
  async desk(channel) {
    for await (const { data } of channel) {
      channel.send(data.title === 'Dune' ? { type: 'found', data: dune } : { type: 'unknown', data })
    }
  },
}

/** The library on a port. Whoever brings `valid` is its member Ann. */
export function libraryService(changes: Partial<LibraryHandlers> = {}): Promise<Listening> {
  const service = serve<typeof library, Member>(
    library,
    { ...handlers, ...changes },
    { authenticate: ({ value }) => (value === 'valid' ? { name: 'Ann' } : undefined) },
  )
  return listen(service)
}

/** A client of the library that loses no time between attempts. */
export function libraryClient(baseUrl: string, options: Partial<ClientOptions> = {}): Client<typeof library> {
  return client(library, { baseUrl, retryDelayMs: 1, ...options })
}
