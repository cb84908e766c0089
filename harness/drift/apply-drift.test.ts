import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { client } from '#harness/client/client.ts'
import { exactly } from '#harness/contract/example.ts'
import { reply } from '#harness/contract/reply.ts'
import { mock } from '#harness/mock/mock.ts'
import { readPact } from '#harness/pact/file/pact-file.ts'
import { recordHttp } from '#harness/pact/record/record-http.ts'
import { mockTarget } from '#harness/pact/replay/mock-target.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { library } from '#harness/serve/example-contract.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import { applyDrift, applyHarmless, knownFindings, type DriftBench } from './apply-drift.ts'
import { replyField } from './deviations.ts'
import type { Drift } from './drift.ts'
import { drop, set } from './json-place.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const resources = new AsyncDisposableStack()
let bench: DriftBench

const books = mock(library, {
  memory: () => ({ title: '' }),
  handlers: (shelf) => ({ getBook: ({ params }) => reply(200, { id: params.id, title: shelf.title, pages: 412 }) }),
  states: (shelf) => ({
    bookExists({ title }) {
      shelf.title = title
      return undefined
    },
    member: () => ({ token: 'placeholder' }),
  }),
})

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'apply-drift-'))
  resources.defer(() => rm(folder, { recursive: true }))
  const interaction = {
    given: [library.states.bookExists({ id, title: 'Dune' })],
    call: library.getBook({ params: { id } }),
    reply: { status: 200, body: { title: exactly('Dune') } },
  }
  const recording = {
    consumer: 'reader',
    contract: library,
    description: 'reads a book',
    interaction,
    testFile: 'reader.pact.test.ts',
    folder,
  }
  await recordHttp(
    recording,
    async ({ url }) => void (await client(library, { baseUrl: url }).getBook({ params: { id } })),
  )
  const target = resources.use(await mockTarget(books))
  const proxy = resources.use(await startProxy({ target: target.baseUrl }))
  const parts = {
    pact: await readPact(join(folder, 'reader-library.json')),
    contract: library,
    target,
    verifier: resources.use(await startVerifier()),
    proxy,
  }
  bench = { ...parts, known: await knownFindings(parts) }
})

afterAll(() => resources.disposeAsync())

function drift(changes: Partial<Drift>): Drift {
  const expected = { path: /^\$\.reply\.body\.title$/ }
  return {
    name: 'title',
    class: 'C8',
    operation: 'getBook',
    hooks: replyField('title', set('Emma')),
    expected,
    ...changes,
  }
}

test('a drift is caught at its field, and the finding is said', async () => {
  const { ok, detail } = await applyDrift(drift({}), bench)
  expect(ok).toBe(true)
  expect(detail).toContain("Expected 'Emma' (String) to be equal to 'Dune' (String)")
})

test('a drift in one state is looked for in that state', async () => {
  const { ok } = await applyDrift(drift({ given: { state: 'bookExists', params: { title: 'Dune' } } }), bench)
  expect(ok).toBe(true)
})

test.each([
  ['changes what no consumer reads', { hooks: replyField('pages', drop) }, 'Nothing was found.'],
  ['is found somewhere else', { expected: { path: /pages/ } }, 'Found elsewhere than expected:'],
  ['is found under another code', { expected: { code: 'no-answer' as const } }, 'Found elsewhere than expected:'],
  ['drifts what no interaction uses', { operation: 'addBook' }, 'No interaction of the pact uses addBook'],
  [
    'deviates in a state that no interaction has',
    { given: { state: 'bookExists', params: { title: 'Emma' } } },
    'No interaction of the pact uses getBook given bookExists',
  ],
])('a drift that %s is missed, and the words say so', async (_what, changes, words) => {
  const { ok, detail } = await applyDrift(drift(changes), bench)
  expect(ok).toBe(false)
  expect(detail).toContain(words)
})

test('a change of what nobody reads is harmless, of what somebody reads it is not', async () => {
  expect(await applyHarmless({ name: 'pages', hooks: replyField('pages', set(1)) }, bench)).toEqual({
    ok: true,
    detail: '',
  })
  const { ok, detail } = await applyHarmless({ name: 'title', hooks: replyField('title', drop) }, bench)
  expect(ok).toBe(false)
  expect(detail).toContain('interaction-mismatch')
})

test('what is wrong without any drift is blamed on none', async () => {
  const broken = { ...bench, target: { ...bench.target, setUp: () => Promise.resolve({}) } }
  const known = await knownFindings(broken)
  expect(known.size).toBeGreaterThan(0)
  expect(
    await applyHarmless({ name: 'pages', hooks: replyField('pages', set(1)) }, { ...broken, known }),
  ).toMatchObject({ ok: true })
  expect(await applyDrift(drift({}), { ...broken, known })).toMatchObject({ ok: false })
})
