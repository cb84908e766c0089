import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { exampleStores, type ExampleStores } from './testing/example-stores.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

let stores: ExampleStores
beforeAll(async () => {
  stores = await exampleStores()
})
afterAll(() => stores[Symbol.asyncDispose]())

type Child = ChildProcessByStdio<null, Readable, Readable>

const running = new Set<Child>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

function start(changes: Record<string, string | undefined> = {}): Child {
  const env = {
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.cacheUrl,
    NFS_MOUNT: stores.directory,
    BIND_ADDRESS: '127.0.0.1:0',
    JWT_SECRET: 'placeholder-of-a-key-with-32-characters',
    ...changes,
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return child
}

/** The address that a backend logs when it listens. */
async function addressOf(child: Child): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) {
    const { message, url } = JSON.parse(line) as { message: string; url: string }
    if (message === 'Listening') return url
  }
  throw new Error('the backend ended without listening')
}

async function failure(child: Child): Promise<{ code: unknown; message: string }> {
  const [message, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, message }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'it migrates, listens, and ends well on %s, streams included',
  async (signal) => {
    const child = start()
    const url = await addressOf(child)
    expect((await fetch(`${url}/health`)).status).toBe(200)
    const ended = once(child, 'exit')
    child.kill(signal)
    expect(await ended).toEqual([0, null])
  },
)

test('two that start at the same time on an empty database both serve', async () => {
  const children = [start(), start()]
  for (const url of await Promise.all(children.map(addressOf))) expect((await fetch(`${url}/health`)).status).toBe(200)
})

test('an incomplete environment is named, variable by variable, without values', async () => {
  const { code, message } = await failure(start({ DATABASE_URL: undefined, JWT_SECRET: 'short-and-secret' }))
  expect(code).toBe(14)
  expect(message).toContain('DATABASE_URL: Address of PostgreSQL.')
  expect(message).toContain('JWT_SECRET: ')
  expect(message).not.toContain('short-and-secret')
})

test('a port that is taken is named', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, message } = await failure(start({ BIND_ADDRESS: address }))
  expect(code).toBe(14)
  expect(message).toContain(`the backend cannot listen at ${address}`)
  await new Promise((resolve) => server.close(resolve))
})

test('it starts without its cache and its storage, and says so', async () => {
  const child = start({ REDIS_URL: 'redis://127.0.0.1:1', NFS_MOUNT: '/no/such/directory' })
  const health = await fetch(`${await addressOf(child)}/health`)
  expect(health.status).toBe(503)
  expect(await health.json()).toEqual({ database: 'healthy', cache: 'unhealthy', storage: 'unhealthy' })
})
