import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { Finding } from '#harness/contract/finding.ts'
import { reply } from '#harness/contract/reply.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { library } from '#harness/serve/example-contract.ts'
import { startBackground } from './background.ts'
import { listenMock } from './listen.ts'
import { mock, type Mock, type MockOptions } from './mock.ts'

/** One life of the memory: what its background did. */
type Life = { number: number; name: string; calls: string[]; hasEnded: boolean }

/** A library that asks its supplier again and again; what it does is in `lives`. */
function restlessLibrary(lives: Life[], work: (life: Life, signal: AbortSignal) => Promise<void> = idle): Mock {
  return mock<typeof library, Life, object>(library, {
    memory(environment) {
      const life = { number: lives.length, name: environment['NAME'] ?? 'nameless', calls: [], hasEnded: false }
      lives.push(life)
      return life
    },
    handlers: (life) => ({ readme: () => reply(200, `${life.name} ${life.number}: ${life.calls.join()}`) }),
    states: () => ({ bookExists: () => undefined, member: () => ({ token: 'valid' }) }),
    authenticate: () => Promise.reject(new Refusal(401, 'member_expired', { message: 'Pay your dues.' })),
    async background(life, peers, signal) {
      life.calls.push(peers('supplier'))
      await work(life, signal)
      life.hasEnded = true
    },
  })
}

async function idle(_life: Life, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await pause(5, undefined, { signal }).catch(() => undefined)
}

/** Waits until a condition holds, for as long as the test may take. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await nextTurn()
}

const peers = (component: string): string => `http://${component}.test`

function started(work?: (life: Life, signal: AbortSignal) => Promise<void>, options: MockOptions = { peers }) {
  const lives: Life[] = []
  const findings: Finding[] = []
  const instance = restlessLibrary(lives, work).start({ ...options, onFinding: (finding) => findings.push(finding) })
  const runs = (index: number) => until(() => lives[index]?.calls.length === 1)
  return { instance, lives, findings, runs }
}

test('it runs beside the answers, over the same memory, and knows where others are', async () => {
  const { instance, runs } = started()
  await using _instance = instance
  await runs(0)
  const answer = await instance.service.fetch(new Request('http://library.test/readme'))
  expect(await answer.text()).toBe('nameless 0: http://supplier.test')
})

test('it does not run where nobody says where others are', async () => {
  const { instance, lives } = started(idle, {})
  await using _instance = instance
  await instance.reset()
  await nextTurn()
  expect(lives.map(({ calls }) => calls)).toEqual([[], []])
})

test('a reset ends it, and begins another one over a new memory', async () => {
  const { instance, lives, runs } = started()
  await using _instance = instance
  await runs(0)
  await instance.reset()
  expect(lives[0]).toMatchObject({ hasEnded: true })
  await runs(1)
  expect(lives[1]).toMatchObject({ hasEnded: false })
})

test('resets that follow each other closely leave one that runs', async () => {
  const { instance, lives, runs } = started()
  await using _instance = instance
  await Promise.all([instance.reset(), instance.reset(), instance.reset()])
  await runs(3)
  expect(lives.filter(({ calls, hasEnded }) => calls.length > 0 && !hasEnded)).toEqual([lives[3]])
})

test('one that is quiet has forgotten everything and does nothing, until the next reset', async () => {
  const { instance, lives, runs } = started()
  await using _instance = instance
  await runs(0)
  await instance.quiet()
  expect(lives[0]).toMatchObject({ hasEnded: true })
  await nextTurn()
  expect(lives[1]).toMatchObject({ calls: [] })
  await instance.reset()
  await runs(2)
})

test('disposing waits for its end, also on a port', async () => {
  const alone = started()
  await alone.runs(0)
  await alone.instance[Symbol.asyncDispose]()
  expect(alone.lives[0]).toMatchObject({ hasEnded: true })
  const lives: Life[] = []
  const listening = await listenMock(restlessLibrary(lives), { peers })
  await until(() => lives[0]?.calls.length === 1)
  await listening.stop()
  expect(lives[0]).toMatchObject({ hasEnded: true })
})

test('what it throws is a finding, and the mock goes on answering', async () => {
  const { instance, findings } = started(() => Promise.reject(new Error('no supplier')))
  await using _instance = instance
  await until(() => findings.length > 0)
  expect(findings).toMatchObject([
    {
      code: 'handler-failed',
      severity: 'error',
      message: expect.stringContaining('the background of library failed: Error: no supplier'),
    },
  ])
  expect((await instance.service.fetch(new Request('http://library.test/readme'))).status).toBe(200)
})

test('what it throws because it is asked to end is none', async () => {
  const { instance, findings, runs } = started((_life, signal) => pause(60_000, undefined, { signal }))
  await using _instance = instance
  await runs(0)
  await instance.reset()
  expect(findings).toEqual([])
})

test('one that does not end when it is asked to is reported, and is not waited for', async () => {
  const runs = Promise.withResolvers<void>()
  const failures: unknown[] = []
  const background = startBackground({
    run() {
      runs.resolve()
      return new Promise(() => undefined)
    },
    after: Promise.resolve(),
    onFailure: (error) => failures.push(error),
    graceMs: 20,
  })
  await runs.promise
  await Promise.all([background.end(), background.end()])
  expect(failures).toEqual([new Error('it did not end within 0.02 s of its signal')])
})

test('a mock has its variables when its memory is made, also after a reset', async () => {
  const { instance, lives } = started(idle, { environment: { NAME: 'town library' } })
  await using _instance = instance
  await instance.reset()
  expect(lives.map(({ name }) => name)).toEqual(['town library', 'town library'])
})

test('a credential may be looked at asynchronously, and be refused with a reason of its own', async () => {
  const { instance } = started()
  await using _instance = instance
  const headers = { authorization: 'Bearer old', 'content-type': 'application/json' }
  const request = { method: 'POST', headers, body: JSON.stringify({ title: 'Emma', pages: 474 }) }
  const answer = await instance.service.fetch(new Request('http://library.test/books', request))
  expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'member_expired' }])
})
