import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { issueToken, readTokenKeys } from '#contracts/prometheus/auth/tokens.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { exampleDatabase, type ExampleDatabase } from '#harness/live-kit/testing/example-database.ts'
import { exampleJob } from './testing/example-job.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const patienceMs = 60_000

let database: ExampleDatabase
beforeAll(async () => {
  database = await exampleDatabase('prometheus_coordinator')
}, patienceMs)
afterAll(() => database[Symbol.asyncDispose]())

type Child = ChildProcessByStdio<null, Readable, Readable>

const running = new Set<Child>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

function start(changes: Record<string, string | undefined> = {}): Child {
  const env = {
    DATABASE_URL: database.url,
    COORDINATOR_BIND: '127.0.0.1:0',
    JWT_KEYS: developmentKeys.tokenKeys,
    NODE_KEYS: `node-worker=${developmentKeys.worker.publicKey}`,
    ...changes,
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

/** The address that a coordinator logs when it listens. */
async function addressOf(child: Child): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const { message, url } = JSON.parse(line) as { message: string; url: string }
    if (message === 'Listening') return url
  }
  throw new Error('the coordinator ended without listening')
}

async function failure(child: Child): Promise<{ code: unknown; message: string }> {
  const [message, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, message }
}

test(
  'two that start at once on an empty database both serve, and end well when they are asked to',
  async () => {
    const children = [start(), start()]
    const urls = await Promise.all(children.map(addressOf))
    for (const url of urls) expect((await fetch(`${url}/health`)).status).toBe(200)
    const ends = children.map((child) => once(child, 'exit'))
    children[0]!.kill('SIGTERM')
    children[1]!.kill('SIGINT')
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ])
  },
  patienceMs,
)

test(
  'a request that is under way when it is asked to end gets its answer',
  async () => {
    const child = start()
    const url = await addressOf(child)
    const keys = readTokenKeys(developmentKeys.tokenKeys)
    const token = await issueToken(keys, { caller: { name: 'ann', role: 'owner' }, audience: coordinatorName })
    const body = JSON.stringify(exampleJob)
    const call = request(`${url}/api/swarm/jobs`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': body.length,
        expect: '100-continue',
      },
    })
    const replied = once(call, 'response')
    // The coordinator has the request's head once it says that it wants the rest.
    await once(call, 'continue')
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    for await (const line of createInterface({ input: child.stdout })) {
      if ((JSON.parse(line) as { message: string }).message === 'Stopping') break
    }
    call.end(body)
    const [reply] = (await replied) as [{ statusCode: number; resume: () => void }]
    expect(reply.statusCode).toBe(201)
    reply.resume()
    expect(await ended).toEqual([0, null])
  },
  patienceMs,
)

test.each([
  ['DATABASE_URL', undefined, 'DATABASE_URL: Address of PostgreSQL.'],
  ['JWT_KEYS', 'one=short-and-secret', 'JWT_KEYS: has to be id=secret, by comma'],
  ['JWT_KEYS', 'k=short-and-secret-but-32-characters,k=short-and-secret-and-32-characters', 'a key id comes twice'],
  ['NODE_KEYS', `one=${'1'.repeat(44)}`, 'NODE_KEYS: the key of one has to be 32 bytes in base58'],
  ['MAX_ATTEMPTS', '0', 'MAX_ATTEMPTS: '],
])(
  'a wrong %s ends it with 14, the variable named and its value not',
  async (variable, value, message) => {
    const ended = await failure(start({ [variable]: value }))
    expect(ended.code).toBe(14)
    expect(ended.message).toContain(message)
    expect(ended.message).not.toContain('short-and-secret')
  },
  patienceMs,
)

test(
  'a database that does not exist ends it with 14, its password not named',
  async () => {
    const url = new URL(database.url)
    url.pathname = '/no_such_database'
    const { code, message } = await failure(start({ DATABASE_URL: url.href }))
    expect(code).toBe(14)
    expect(message).toContain('the database cannot be used')
    expect(message).not.toContain(url.href)
  },
  patienceMs,
)

test(
  'a port that is taken is named',
  async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code, message } = await failure(start({ COORDINATOR_BIND: address }))
    expect(code).toBe(14)
    expect(message).toContain(`prometheus-coordinator cannot listen at ${address}`)
    expect(message).toContain('another COORDINATOR_BIND')
    await new Promise((resolve) => server.close(resolve))
  },
  patienceMs,
)
