import { Matching } from '#harness/contract/example.ts'
import type { Recorded } from '#harness/control/explain/pact-book.ts'
import { library } from '#harness/serve/example-contract.ts'
import { draftInteraction } from './draft-interaction.ts'
import { seen, type Seen } from './testing/seen.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const book = { id, title: 'Dune', pages: 412, lent: false }
const signedIn = { cookie: 'theme=dark; sid=***' }

function draft(name: string, call: Seen, recorded: readonly Recorded[] = []) {
  return draftInteraction(library, { name, call: seen(call) }, recorded)
}

test('a call is drafted as it was sent, with values as the contract reads them', () => {
  const { interaction, mistakes } = draft('listBooks', {
    path: '/books',
    query: { page: ['2'], tag: ['new', 'old'], lent: ['true'], sort: ['title'] },
    reply: { books: [book, book], page: 2 },
  })
  expect(interaction.call.input).toEqual({ query: { page: 2, tag: ['new', 'old'], lent: true } })
  expect(interaction.reply).toEqual({ status: 200, body: { books: [book], page: 2 } })
  expect(mistakes).toEqual([])
})

test('what the contract does not have is left out, and that is said', () => {
  const { interaction, notes, mistakes } = draft('addBook', {
    method: 'POST',
    path: '/books',
    query: { dry: ['1'] },
    headers: signedIn,
    body: { title: 'Dune', pages: 412, color: 'red' },
    status: 201,
    reply: { ...book, shelf: 7 },
    replyHeaders: { location: `/books/${id}` },
    established: { member: { name: 'Ann' } },
  })
  expect(interaction.call.input.body).toEqual({ title: 'Dune', pages: 412 })
  expect(interaction.reply?.body).toEqual(book)
  expect(interaction.reply?.headers).toEqual({ location: new Matching('.+', `/books/${id}`) })
  expect(notes).toEqual([
    'Fields of the body that was sent are left out here: the contract does not have them.',
    'It was sent with dry in its query, which POST /books does not have.',
    expect.stringContaining('keep those that this consumer reads'),
  ])
  expect(mistakes).toEqual([])
})

test('a request that is refused for its form stays as it was, and is cast where its types are others', () => {
  const { sent, mistakes } = draft('addBook', {
    method: 'POST',
    path: '/books',
    headers: signedIn,
    body: { title: 5, color: 'red' },
    status: 422,
    reply: { code: 'validation_error', message: 'Not valid.', id: 'r' },
    established: { member: { name: 'Ann' } },
  })
  expect(sent.input.body).toEqual({ title: 5, color: 'red' })
  expect(sent.mistyped).toEqual(['body'])
  expect(mistakes).toEqual([])
})

test('of a reply only the fields are kept that the consumer read when it recorded the same', () => {
  const interaction = {
    type: 'Synchronous/HTTP',
    description: 'recorded',
    request: { method: 'GET', path: '/books' },
    response: { status: 200, body: { content: { books: [{ title: 'Emma' }] }, contentType: 'application/json' } },
  } as const
  const recorded = [{ consumer: 'reader', operation: 'listBooks', interaction }]
  const { interaction: drafted, notes } = draft(
    'listBooks',
    { path: '/books', reply: { books: [book], page: 1 } },
    recorded,
  )
  expect(drafted.reply?.body).toEqual({ books: [{ title: 'Dune' }] })
  expect(notes).toEqual([])
})

test('states that were set up before are given, each once; secrets in them are placeholders', () => {
  const { given } = draft('addBook', {
    path: '/books',
    headers: signedIn,
    established: { member: { name: 'Ann' }, gone: {} },
  })
  expect(given).toMatchObject({
    states: [{ name: 'member', params: { name: 'Ann' } }],
    choice: [],
    credential: undefined,
    carrier: { kind: 'cookie' },
  })
})

test('states of another session are not given', () => {
  const call = seen({
    path: '/books',
    headers: { 'x-concordat-session': 'one' },
    established: { member: { name: 'Ann' } },
  })
  const inSession = (session: string) => call.established.map((state) => ({ ...state, session }))
  const given = (session: string) =>
    draftInteraction(library, { name: 'addBook', call: { ...call, established: inSession(session) } }, []).given.states
  expect(given('one')).toMatchObject([{ name: 'member' }])
  expect(given('two')).toEqual([])
})

test('a credential that no state gives has to be chosen', () => {
  expect(draft('addBook', { path: '/books', headers: signedIn }).given.choice).toEqual(['member'])
})

test.each<[string, Record<string, string>, string | undefined]>([
  ['a bearer token in place of the cookie', { authorization: 'bearer ***' }, 'bearer'],
  ['no credential', {}, 'none'],
  ['both', { authorization: 'Bearer ***', ...signedIn }, undefined],
])('%s is drafted so', (_what, headers, credential) => {
  expect(draft('addBook', { path: '/books', headers, established: { member: { name: 'Ann' } } }).given.credential).toBe(
    credential,
  )
})

test('a long stream is drafted by two of each kind in a row', () => {
  const word = (text: string, number: string) => ({ id: number, event: 'word', data: { text, loud: true } })
  const events = [word('a', '1'), word('b', '2'), word('c', '3'), { event: 'end', data: { words: 3 } }]
  const { interaction, mistakes } = draft('readAloud', { path: `/books/${id}/words`, events })
  expect(interaction.events).toEqual([
    { event: 'word', data: { text: 'a' }, id: '1' },
    { event: 'word', data: { text: 'b' }, id: '2' },
    { event: 'end', data: { words: 3 } },
  ])
  expect(mistakes).toEqual([])
})

test('a channel is drafted as a conversation, and one that was refused as that', () => {
  const messages: Seen['messages'] = [
    { from: 'consumer', data: { type: 'ask', data: { title: 'Dune' } } },
    { from: 'provider', data: { type: 'unknown', data: { title: 'Dune' } } },
    { from: 'provider', data: '3 bytes' },
  ]
  const headers = { upgrade: 'websocket', ...signedIn }
  const established = { member: { name: 'Ann' } }
  expect(
    draft('desk', { path: '/desk', status: 101, headers, messages, established }).interaction.conversation,
  ).toEqual([
    { send: 'ask', data: { title: 'Dune' } },
    { receive: 'unknown', data: { title: 'Dune' } },
  ])
  expect(draft('desk', { path: '/desk', status: 401, headers: { upgrade: 'websocket' } }).interaction.refused).toBe(401)
})

test('a body of bytes stands for the one that was sent', async () => {
  const { sent } = draft('putCover', {
    method: 'PUT',
    path: `/books/${id}/cover`,
    headers: { 'content-type': 'image/png' },
    reply: { size: 3 },
  })
  const { body } = sent.input as { body: File }
  expect([body.type, await body.text()]).toEqual(['image/png', 'placeholder'])
})
