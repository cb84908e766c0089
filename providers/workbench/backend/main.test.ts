import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { states } from './states.ts'
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

const environment = (): Record<string, string> => ({
  DATABASE_URL: stores.databaseUrl,
  REDIS_URL: stores.cacheUrl,
  NFS_MOUNT: stores.directory,
  BIND_ADDRESS: '127.0.0.1:0',
  JWT_SECRET: 'placeholder-of-a-key-with-32-characters',
})

function start(changes: Record<string, string | undefined> = {}): Child {
  const env = { ...environment(), ...changes }
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

test('two that start at once on an empty database both serve, and end well when they are asked to', async () => {
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
})

test('a stream that runs when it is asked to end does not keep it', async () => {
  const child = start()
  const url = await addressOf(child)
  await using live = await states({
    baseUrl: url,
    environment: environment(),
    cut: () => Promise.reject(new Error('nothing is cut here')),
    restore: () => Promise.reject(new Error('nothing is cut here')),
  })
  const owner = 'ann@example.com'
  const id = crypto.randomUUID()
  const { token } = await live.handlers.signedIn({ email: owner })
  await live.handlers.conversationExists({ owner, id, title: 'Plans' })
  const stream = await fetch(`${url}/api/chat/stream?conversation=${id}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(stream.status).toBe(200)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await expect(stream.text()).rejects.toThrow('terminated')
  expect(await ended).toEqual([0, null])
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
  expect(message).toContain(`workbench-backend cannot listen at ${address}`)
  await new Promise((resolve) => server.close(resolve))
})

test('it starts without its cache and its storage, and says so', async () => {
  const child = start({ REDIS_URL: 'redis://127.0.0.1:1', NFS_MOUNT: '/no/such/directory' })
  const health = await fetch(`${await addressOf(child)}/health`)
  expect(health.status).toBe(503)
  expect(await health.json()).toEqual({ database: 'healthy', cache: 'unhealthy', storage: 'unhealthy' })
})
