import { execPath } from 'node:process'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { EnvironmentError } from '../environment-error.ts'
import { connectFailure } from '../ports.ts'
import { describeWhen } from '../testing/describe-when.ts'
import { eventually } from '../testing/eventually.ts'
import { nodeArgs } from '../testing/scripts.ts'
import { engineRequest } from './docker-engine.ts'
import { findDockerEngine } from './docker.ts'
import { identifyPostgres } from './postgres/identify.ts'
import { identifyRedis } from './redis/identify.ts'
import { startStore } from './start-store.ts'
import type { RunningStore, StoreKind } from './store.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const TIMEOUT_MS = 60_000
const KINDS: readonly StoreKind[] = ['postgres', 'redis']
const MODES = ['containers', 'binaries', 'embedded'] as const
const identify = { postgres: identifyPostgres, redis: identifyRedis }
const engine = await findDockerEngine()

function start(kind: StoreKind, env: NodeJS.ProcessEnv): Promise<RunningStore> {
  return startStore(kind, { env: { PATH: process.env['PATH'], ...env } })
}

const portOf = (url: string): number => Number(new URL(url).port)

const starts = KINDS.flatMap((kind) => MODES.map((mode) => ({ kind, mode })))
const outcomes = await Promise.allSettled(starts.map(({ kind, mode }) => start(kind, { CONCORDAT_STORES: mode })))
afterAll(async () => {
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.stop()
}, TIMEOUT_MS)

for (const [index, { kind, mode }] of starts.entries()) {
  const outcome = outcomes[index]!
  const lack =
    outcome.status === 'rejected' ? (outcome.reason as Error).message.split('\n')[1]?.replace(/^ *- /, '') : undefined

  describeWhen(lack, `${kind}, ${mode}`, () => {
    test(
      'a store is a real server that says what it is, and ends when it is stopped',
      async () => {
        const { value: store } = outcome as PromiseFulfilledResult<RunningStore>
        const { password } = new URL(store.url)
        expect(store).toMatchObject({ kind, mode })
        expect(store.description).toContain(`${await identify[kind](store.url)}, `)
        expect(store.description).not.toContain(password || 'no password')
        await Promise.all([store.stop(), store.stop()])
        await expect(identify[kind](store.url)).rejects.toThrow('ECONNREFUSED')
      },
      TIMEOUT_MS,
    )

    test(
      'nothing is left of it after kill -9 of the harness',
      async () => {
        const files = await temporaryDirectory('left-behind')
        await chmod(files.path, 0o755) // a server may run as another user
        const { url, harness } = await startInHarness(kind, { CONCORDAT_STORES: mode, TMPDIR: files.path })
        const container = mode === 'containers' ? await containerAt(portOf(url)) : undefined
        expect(await identify[kind](url)).toBeDefined()

        harness.kill('SIGKILL')

        await eventually('nothing listens', async () => (await connectFailure(portOf(url))) !== undefined)
        await eventually('its files are gone', () =>
          readdirSync(files.path).every((name) => !name.startsWith('concordat-')),
        )
        if (container !== undefined) await eventually('its container is gone', () => isGone(container))
        await files.remove()
      },
      TIMEOUT_MS,
    )
  })
}

/** A harness in a process of its own that has started a store and goes on. */
async function startInHarness(kind: StoreKind, env: NodeJS.ProcessEnv) {
  const code = `
    import { startStore } from '${new URL('start-store.ts', import.meta.url).href}'
    console.log((await startStore('${kind}')).url)
    setInterval(() => {}, 1e6)`
  const harness = spawn(execPath, nodeArgs(code), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const url of createInterface({ input: harness.stdout })) return { url, harness }
  throw new Error('The harness ended early.')
}

async function containerAt(port: number): Promise<string> {
  const { body } = await askEngine('/containers/json')
  const containers = JSON.parse(body) as { Id: string; Ports: { PublicPort?: number }[] }[]
  return containers.find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port))!.Id
}

async function isGone(container: string): Promise<boolean> {
  return (await askEngine(`/containers/${container}/json`)).status === 404
}

function askEngine(path: string) {
  if (engine.kind === 'silent') throw new Error(engine.reason)
  return engineRequest(engine.address, { path })
}

test('the URL in the environment comes first, and its server is not stopped', async () => {
  await using server = await start('redis', { CONCORDAT_STORES: 'embedded' })
  await using store = await start('redis', { CONCORDAT_REDIS_URL: server.url })
  expect(store).toMatchObject({ mode: 'environment', url: server.url })
  expect(store.description).toMatch(/^Redis .*, CONCORDAT_REDIS_URL$/)
  await store.stop()
  expect(await identifyRedis(server.url)).toBeDefined()
})

test.each([
  ['postgres', { CONCORDAT_POSTGRES_URL: 'postgres://me:secret@127.0.0.1:1/db' }],
  ['redis', { CONCORDAT_REDIS_URL: 'redis://:secret@127.0.0.1:1' }],
] as const)('a %s URL that leads nowhere is an error, not a reason to look elsewhere', async (kind, env) => {
  const error = await start(kind, env).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EnvironmentError)
  const { message } = error as Error
  expect(message).toMatch(/^Cannot use CONCORDAT_(POSTGRES|REDIS)_URL=.*@127\.0\.0\.1:1.*: connect ECONNREFUSED/)
  expect(message).not.toContain('secret')
})

test('a program that is not on PATH is an error when it is forced', async () => {
  const starting = start('redis', { CONCORDAT_STORES: 'binaries', PATH: '/nowhere' })
  await expect(starting).rejects.toThrow(EnvironmentError)
  await expect(starting).rejects.toThrow('binaries: redis-server is not on PATH')
})

describeWhen(engine.kind === 'silent' ? engine.reason : undefined, 'an image that cannot be had', () => {
  const image = 'concordat.invalid/no-such-image:0'

  test(
    'is passed over, and that is told',
    async () => {
      await using store = await start('redis', { CONCORDAT_REDIS_IMAGE: image })
      expect(store.mode).not.toBe('containers')
      expect(store.description).toContain(`(no containers: container ${image} does not start: `)
    },
    TIMEOUT_MS,
  )

  test(
    'is an error when containers are forced',
    async () => {
      const starting = start('postgres', { CONCORDAT_STORES: 'containers', CONCORDAT_POSTGRES_IMAGE: image })
      await expect(starting).rejects.toThrow(EnvironmentError)
      await expect(starting).rejects.toThrow(`containers: container ${image} does not start: `)
    },
    TIMEOUT_MS,
  )
})
