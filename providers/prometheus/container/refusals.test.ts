import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { refuseCredential, refuseRole } from '#contracts/prometheus/auth/refusals.ts'
import { issueToken, readTokenKeys, verifyToken, type Caller } from '#contracts/prometheus/auth/tokens.ts'
import { container, containerName } from '#contracts/prometheus/container.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { serve } from '#harness/serve/serve.ts'
import type { Service } from '#harness/serve/service.ts'
import { onFreePort } from '#harness/stack/ports.ts'
import { startProcess, type RunningProcess } from '#harness/stack/process.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const keys = readTokenKeys(developmentKeys.tokenKeys)
const taskId = '915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9'
/** Starting a process costs time on a machine that has other things to do. */
const patienceMs = 60_000

let data: string
let running: RunningProcess
let baseUrl: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'container-'))
  await onFreePort(async (port) => {
    baseUrl = `http://127.0.0.1:${port}`
    running = await startProcess({
      name: 'prometheus/container',
      command: 'python3',
      args: ['main.py'],
      cwd: folder,
      env: {
        JWT_KEYS: developmentKeys.tokenKeys,
        CONTAINER_BIND: `127.0.0.1:${port}`,
        CONTAINER_DATA: data,
        COORDINATOR_URL: 'http://127.0.0.1:9',
        PLANNER_URL: 'http://127.0.0.1:9',
        WORKER_URL: 'http://127.0.0.1:9',
      },
      ready: { kind: 'http', url: `${baseUrl}/health` },
    })
  })
}, patienceMs)
afterAll(async () => {
  await running[Symbol.asyncDispose]()
  await rm(data, { recursive: true, force: true })
}, patienceMs)

/** What the engine itself makes of the contract: nothing gets past its checks but what is right, and that is not found. */
function engine(): Service {
  function passed({ principal }: { principal: Caller }): never {
    if (principal.role !== 'node') throw refuseRole('This is for the role node.')
    throw new Refusal(422, 'passed', { message: 'The contract allows it.' })
  }
  const handlers = {
    startTask: passed,
    getTask: passed,
    getSubmission: passed,
    audit: passed,
    listLogs: passed,
    listModels: passed,
    listSwarmTypes: passed,
    health: (): never => {
      throw new Error('it is not asked here')
    },
  }
  return serve<typeof container, Caller>(container, handlers, {
    async authenticate({ carrier, value }) {
      if (carrier !== 'bearer') return undefined
      const caller = await verifyToken(keys, value, { audience: containerName })
      if (typeof caller === 'string') throw refuseCredential(caller)
      return caller
    },
  })
}

type Answer = Readonly<{ status: number; allow: string | null; code: string; message: string; details: unknown }>

async function answerOf(response: Response): Promise<Answer> {
  const { error } = (await response.json()) as { error: { code: string; message: string; details?: unknown } }
  return { status: response.status, allow: response.headers.get('allow'), details: [], ...error }
}

/** What is the same in every answer is compared; ids and times are not. */
function comparable({ status, allow, code, message, details }: Answer): Answer {
  return { status, allow, code, message, details }
}

async function both(path: string, init: RequestInit): Promise<[live: Answer, engine: Answer]> {
  const [live, expected] = await Promise.all([
    fetch(`${baseUrl}${path}`, init).then(answerOf),
    engine()
      .fetch(new Request(`http://engine${path}`, init))
      .then(answerOf),
  ])
  return [comparable(live), inOneRealm(comparable(expected))]
}

/** Jest runs tests in a realm of their own, where Zod takes a plain object for one of a class. */
function inOneRealm(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer).replaceAll('received Object', 'received object')) as Answer
}

async function tokenOf(caller: Caller, audience: string = containerName): Promise<string> {
  return `Bearer ${await issueToken(keys, { caller, audience })}`
}

const node: Caller = { name: 'node-planner', role: 'node' }

const task = {
  kind: 'plan',
  todo_id: taskId,
  job_id: taskId,
  title: 'Write',
  description: 'A guide',
  repository: { owner: 'koii', name: 'docs' },
}
const submission = {
  todo_id: taskId,
  round: 1,
  pull_request_url: 'https://github.com/koii/docs/pull/1',
  github_username: 'node',
}

const strange = [undefined, null, true, 0, -1, 1.5, 1e300, '', ' ', 'é', 'a b', [], ['a'], {}, { a: 1 }]
const changed = (good: object): object[] =>
  Object.keys(good).flatMap((name) => strange.map((value) => ({ ...good, [name]: value })))
const wrongTasks: unknown[] = [
  null,
  [],
  'text',
  7,
  {},
  ...changed(task),
  ...changed(task.repository).map((repository) => ({ ...task, repository })),
  { ...task, repository: { owner: 'a'.repeat(40), name: 'a'.repeat(101) } },
]
/** What the contract allows is not asked: it would begin a task. */
async function isRefused(path: string, init: RequestInit): Promise<boolean> {
  return (await answerOf(await engine().fetch(new Request(`http://engine${path}`, init)))).code !== 'passed'
}

function sending(method: string, body: unknown, authorization: string): RequestInit {
  return {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

test(
  'tasks that the contract does not allow are refused as the engine would',
  async () => {
    const authorization = await tokenOf(node)
    let refused = 0
    for (const body of wrongTasks) {
      const init = sending('PUT', JSON.stringify(body), authorization)
      if (!(await isRefused(`/api/tasks/${taskId}`, init))) continue
      refused++
      const [live, expected] = await both(`/api/tasks/${taskId}`, init)
      expect({ body, ...live }).toEqual({ body, ...expected })
    }
    expect(refused).toBeGreaterThan(80)
  },
  patienceMs,
)

const urls = [
  'http://a/b',
  'https://',
  'https:///a',
  'https:a',
  'https://a b/',
  'https://[::1',
  'https://a:b',
  '//a',
  'https://a^b',
]

test(
  'submissions that the contract does not allow are refused as the engine would',
  async () => {
    const authorization = await tokenOf(node)
    const wrong = [...changed(submission), ...urls.map((url) => ({ ...submission, pull_request_url: url }))]
    let refused = 0
    for (const body of wrong) {
      const init = sending('POST', body, authorization)
      if (!(await isRefused('/api/audits', init))) continue
      refused++
      const [live, expected] = await both('/api/audits', init)
      expect({ body, ...live }).toEqual({ body, ...expected })
    }
    expect(refused).toBeGreaterThan(45)
  },
  patienceMs,
)

const queries = [
  '',
  '?task_id=x',
  '?page=0',
  '?page=x&per_page=',
  '?per_page=101&page=1.5',
  '?page=-1&page=2',
  '?page=1e3',
  '?task_id=%FF',
]

test.each([
  ...queries.map((query) => `/api/logs${query}`),
  '/api/tasks/x',
  '/api/tasks/%ff/submission',
  '/api/tasks/915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9%20',
])('GET %s is refused as the engine would', async (path) => {
  const [live, expected] = await both(path, { headers: { authorization: await tokenOf(node) } })
  expect(live).toEqual(expected)
})

test.each([
  ['GET', '/'],
  ['GET', '/api'],
  ['GET', '/api/tasks'],
  ['GET', '/api/tasks/'],
  ['GET', '/health/'],
  ['GET', '/HEALTH'],
  ['POST', '/health'],
  ['OPTIONS', '/api/models'],
  ['DELETE', `/api/tasks/${taskId}`],
  ['PATCH', `/api/tasks/${taskId}/submission`],
])('%s %s is answered as the engine would', async (method, path) => {
  const [live, expected] = await both(path, { method, headers: { authorization: await tokenOf(node) } })
  expect(live).toEqual(expected)
})

test.each<[what: string, RequestInit]>([
  ['what is no JSON', { body: '{', headers: { 'content-type': 'application/json' } }],
  ['an empty body', { body: '', headers: { 'content-type': 'application/json' } }],
  [
    'bytes that are no text',
    { body: Uint8Array.of(0x22, 0xff, 0x22), headers: { 'content-type': 'application/json' } },
  ],
  ['a number that is none', { body: 'NaN', headers: { 'content-type': 'application/json' } }],
  [
    'a body behind a byte order mark',
    { body: '\uFEFF{}', headers: { 'content-type': 'application/json; charset=utf-8' } },
  ],
  ['another media type', { body: '{}', headers: { 'content-type': 'text/plain' } }],
  ['no media type', { body: Uint8Array.of(0x7b, 0x7d) }],
  ['a body that is too large', { body: 'x'.repeat(1024 * 1024 + 1), headers: { 'content-type': 'application/json' } }],
])('%s is refused as the engine would', async (_what, init) => {
  const headers = { ...(init.headers as Record<string, string>), authorization: await tokenOf(node) }
  const [live, expected] = await both('/api/audits', { method: 'POST', ...init, headers })
  expect(live).toEqual(expected)
})

test.each<[what: string, authorization: () => string | Promise<string>]>([
  ['no credential', () => ''],
  ['a scheme word alone', () => 'Bearer'],
  ['another scheme word', async () => (await tokenOf(node)).replace('Bearer', 'Basic')],
  ['two tokens', () => 'Bearer a b'],
  ['what is no token', () => 'Bearer nonsense'],
  ['a token for somebody else', () => tokenOf(node, 'prometheus-coordinator')],
  ['the token of an owner', () => tokenOf({ name: 'ann', role: 'owner' })],
  ['the token of a container', () => tokenOf({ name: 'container', role: 'container' })],
  [
    'a scheme word in small letters, and a token of an owner',
    async () => (await tokenOf({ name: 'ann', role: 'owner' })).replace('Bearer', 'bearer'),
  ],
])('%s is answered as the engine would', async (_what, authorization) => {
  const headers = { authorization: await authorization() }
  const [live, expected] = await both('/api/models', { headers })
  expect(live).toEqual(expected)
})
