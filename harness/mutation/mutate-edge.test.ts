import { client } from '#harness/client/client.ts'
import { exactly, matching } from '#harness/contract/example.ts'
import type { AnyInteraction } from '#harness/pact/record/interaction.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import { library } from '#harness/serve/example-contract.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import type { Bench } from './bench.ts'
import { mutantTitle } from './mutant.ts'
import { mutateEdge, type MutatedEdge, type MutationChoice } from './mutate-edge.ts'
import { mutationFindings } from './mutation-findings.ts'
import type { Outcome } from './outcome.ts'
import { openShelf, withPact, type Recorded } from './testing/shelf.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let bench: Bench & AsyncDisposable
beforeAll(async () => {
  bench = await openShelf()
}, startUpMs)
afterAll(() => bench[Symbol.asyncDispose]())

const reads = ({ url }: RecordingApi): Promise<unknown> => client(library, { baseUrl: url }).getBook({ params: { id } })
const lists = ({ url }: RecordingApi): Promise<unknown> => client(library, { baseUrl: url }).listBooks()
const hears = async ({ url }: RecordingApi): Promise<void> => {
  for await (const _event of client(library, { baseUrl: url }).readAloud({ params: { id } })) continue
}

function readingABook(body: object): { interaction: AnyInteraction; run: typeof reads } {
  const given = [library.states.bookExists({ id, title: 'Dune' })]
  return { interaction: { given, call: library.getBook({ params: { id } }), reply: { status: 200, body } }, run: reads }
}

function listing(books: readonly object[]): { interaction: AnyInteraction; run: typeof lists } {
  return { interaction: { call: library.listBooks(), reply: { status: 200, body: { books } } }, run: lists }
}

type Options = Partial<MutationChoice & { budgetMs: number }>

async function mutated(recorded: Recorded, options: Options = {}): Promise<MutatedEdge> {
  const edge = { consumer: 'reader', provider: 'library' }
  const choice = { seed: 1, budgetMs: Number.POSITIVE_INFINITY, ...options }
  return mutateEdge({ system: 'shop', edge, bench: await withPact(bench, recorded), ...choice })
}

function titles({ outcomes }: MutatedEdge, kind: Outcome['kind']): readonly string[] {
  return outcomes.filter((outcome) => outcome.kind === kind).map(({ mutant }) => mutantTitle(mutant))
}

test('whatever happens to a field that the pact pins is caught, and whatever to one that nobody reads is not', async () => {
  const edge = await mutated({ 'reads a book': readingABook({ title: exactly('Dune') }) })
  const caught = titles(edge, 'caught')
  expect(caught).toEqual(
    expect.arrayContaining([
      'C8 getBook 200 $.title removed',
      'C9 getBook 200 $.title renamed to title_2',
      'C12 getBook 200 $.title null',
      'C10 getBook 200 $.title a number in place of a text',
      'C18 getBook 200 $.title emptied',
      'C8 getBook 200 $.title another value',
      'C4 getBook 200 status 500',
      'C5 getBook 200 $ missing',
      'C6 getBook 200 content-type removed',
      'C7 getBook 200 $ in an envelope',
      'C20 getBook operation not answered',
    ]),
  )
  expect(titles(edge, 'green')).toEqual(
    expect.arrayContaining(
      ['removed', 'null', 'of another type'].flatMap((change) => [
        expect.stringContaining(`getBook 200 $.pages ${change}`),
        expect.stringContaining(`getBook 200 $.lent ${change}`),
      ]),
    ),
  )
  expect(edge.result).toMatchObject({ caught: caught.length, applied: caught.length, falseAlarms: 0, survivors: [] })
  expect(edge.result.tried).toBe(edge.result.of)
  expect(edge.findings).toEqual([])
})

test('a weak example leaves a survivor: a warning where the pact says just its type, an error where it says more', async () => {
  const weak = {
    'reads a book': readingABook({ title: 'Dune' }),
    'lists books': listing([{ title: matching('.*', 'Dune') }]),
  }
  const { result } = await mutated(weak, { only: 'title emptied' })
  const findings = mutationFindings([result])
  expect(findings).toHaveLength(2)
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: 'mutation-survived',
      severity: 'error',
      operation: 'listBooks',
      interaction: 'lists books',
      path: '200 $.books[].title',
    }),
  )
  expect(findings).toContainEqual({
    code: 'mutation-survived',
    severity: 'warning',
    edge: 'reader -> library',
    operation: 'getBook',
    interaction: 'reads a book',
    path: '200 $.title',
    target: 'mock',
    message: 'A provider that drifts like this passes: C18 getBook 200 $.title emptied.',
    fix: expect.stringMatching(
      /^Mark title in the example.* Recorded at harness\/mutation\/mutate-edge\.test\.ts:\d+\.$/,
    ) as string,
  })
})

test('what the contract allows is harmless where the pact leaves it open, and caught where the pact pins it', async () => {
  const open = await mutated({ 'reads a book': readingABook({ pages: 400 }) }, { only: 'pages another value' })
  expect(titles(open, 'green')).toEqual(['C8 getBook 200 $.pages another value'])
  const pinned = await mutated(
    { 'reads a book': readingABook({ pages: exactly(412) }) },
    { only: 'pages another value' },
  )
  expect(titles(pinned, 'caught')).toEqual(['C8 getBook 200 $.pages another value'])
})

test('that one of several items is gone is caught by an example of several, and explained where it has one', async () => {
  const only = 'first item removed'
  const several = await mutated({ 'lists books': listing([{ title: 'Dune' }, { title: 'Emma' }]) }, { only })
  expect(titles(several, 'caught')).toEqual(['C18 listBooks 200 $.books first item removed'])
  const { result } = await mutated({ 'lists books': listing([{ title: 'Dune' }]) }, { only })
  expect(result).toMatchObject({
    of: 0,
    unobservable: [{ place: '200 $.books', why: expect.stringContaining('one or more') }],
  })
})

test('events are renamed, left out, doubled, mixed up and cut, and their data changed', async () => {
  const events = [
    { event: 'word', data: { text: exactly('In') } },
    { event: 'word', data: { text: 'the' } },
    { event: 'end', data: { words: 2 } },
  ]
  const call = library.readAloud({ params: { id } })
  const edge = await mutated({ 'hears a book': { interaction: { call, events }, run: hears } })
  expect(titles(edge, 'caught')).toEqual(
    expect.arrayContaining([
      'C15 readAloud word renamed',
      'C15 readAloud word left out',
      'C15 readAloud end left out',
      'C15 readAloud end sent twice',
      'C15 readAloud end does not come',
      'C15 readAloud stream in another order',
      'C15 readAloud stream cut off after its first event',
      'C8 readAloud end $.words removed',
      'C10 readAloud end $.words a fraction in place of an integer',
    ]),
  )
  expect(titles(edge, 'green')).toContain('C15 readAloud word sent twice')
  expect(edge.result).toMatchObject({ survivors: [], falseAlarms: 0 })
  expect(edge.result.unobservable.map(({ place, change }) => `${place} ${change}`)).toEqual([
    '404 in any way',
    'stream held back until its end',
  ])
}, 30_000)

test('when the time is over it says how many of how many were tried', async () => {
  const { result } = await mutated({ 'reads a book': readingABook({ title: 'Dune' }) }, { budgetMs: 0 })
  expect(result.tried).toBeGreaterThan(0)
  expect(result.tried).toBeLessThan(result.of)
})

test('the same seed tries in the same order, another one in another', async () => {
  const recorded = { 'reads a book': readingABook({ title: 'Dune' }) }
  const [first, again, other] = [
    await mutated(recorded, { only: 'title' }),
    await mutated(recorded, { only: 'title' }),
    await mutated(recorded, { only: 'title', seed: 2 }),
  ].map((edge) => titles(edge, 'caught'))
  expect(again).toEqual(first)
  expect(other).not.toEqual(first)
  expect(other?.toSorted()).toEqual(first?.toSorted())
})

test('an interaction that differs without any mutant is a finding, and the others are tried', async () => {
  const edge = await mutated(
    { 'reads another book': readingABook({ title: exactly('Emma') }), 'reads a book': readingABook({ pages: 1 }) },
    { only: '200 $.' },
  )
  expect(edge.findings).toEqual([
    expect.objectContaining({ code: 'interaction-mismatch', interaction: 'reads another book' }),
  ])
  expect(titles(edge, 'caught')).toContain('C8 getBook 200 $.pages removed')
})

test('a filter that leaves nothing is a finding', async () => {
  const { findings } = await mutated({ 'reads a book': readingABook({ pages: 1 }) }, { only: 'no such thing' })
  expect(findings).toEqual([expect.objectContaining({ code: 'nothing-to-replay' })])
})
