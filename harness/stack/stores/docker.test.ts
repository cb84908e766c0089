import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { findDockerEngine } from './docker.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const VARIABLES = ['DOCKER_HOST', 'TESTCONTAINERS_HOST_OVERRIDE'] as const
const before = VARIABLES.map((name) => [name, process.env[name]] as const)

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

/** A server that speaks as much of the engine's API as is asked for here. */
async function startEngine(answers: Record<string, unknown>): Promise<AsyncDisposable & { address: string }> {
  const directory = await temporaryDirectory('engine')
  const socket = join(directory.path, 'docker.sock')
  const server = createServer(({ url = '' }, response) => {
    response.writeHead(url in answers ? 200 : 503).end(JSON.stringify(answers[url]))
  }).listen(socket)
  await once(server, 'listening')
  const stop = async (): Promise<void> => {
    server.close()
    await directory.remove()
  }
  return { address: `unix://${socket}`, [Symbol.asyncDispose]: stop }
}

test('where no engine is the answer comes at once', async () => {
  process.env['DOCKER_HOST'] = 'unix:///no/such/docker.sock'
  const start = performance.now()
  const engine = await findDockerEngine()
  expect(engine).toEqual({ kind: 'silent', reason: 'no Docker engine answers at unix:///no/such/docker.sock: ENOENT' })
  expect(performance.now() - start).toBeLessThan(500) // 5 ms, on a machine that has nothing else to do
})

test('an engine that is not well is not used', async () => {
  await using engine = await startEngine({})
  process.env['DOCKER_HOST'] = engine.address
  expect(await findDockerEngine()).toEqual({
    kind: 'silent',
    reason: `the Docker engine at ${engine.address} answers with status 503`,
  })
})

test('an address that is none is a reason too', async () => {
  process.env['DOCKER_HOST'] = 'docker'
  expect(await findDockerEngine()).toMatchObject({ kind: 'silent' })
})

test('an engine on this machine publishes its ports here, also where we look like a container', async () => {
  await using engine = await startEngine({ '/_ping': 'OK', '/info': { Name: hostname() } })
  process.env['DOCKER_HOST'] = engine.address
  delete process.env['TESTCONTAINERS_HOST_OVERRIDE']
  expect(await findDockerEngine()).toEqual({ kind: 'answers', address: engine.address })
  expect(process.env['TESTCONTAINERS_HOST_OVERRIDE']).toBe(existsSync('/.dockerenv') ? '127.0.0.1' : undefined)
})

test('an engine on another machine, and a choice already made, are left as they are', async () => {
  await using engine = await startEngine({ '/_ping': 'OK', '/info': { Name: 'elsewhere' } })
  process.env['DOCKER_HOST'] = engine.address
  delete process.env['TESTCONTAINERS_HOST_OVERRIDE']
  await findDockerEngine()
  expect(process.env['TESTCONTAINERS_HOST_OVERRIDE']).toBeUndefined()
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] = '10.0.0.1'
  await findDockerEngine()
  expect(process.env['TESTCONTAINERS_HOST_OVERRIDE']).toBe('10.0.0.1')
})
