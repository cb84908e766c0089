import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { freePort } from '#harness/stack/ports.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, type Ended } from '../testing/concordat.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject(gateProject)
  expect(await concordat(['record'], { root: project.root })).toMatchObject({ code: 0 })
}, 60_000)
afterAll(() => project[Symbol.asyncDispose]())

function replay(...args: readonly string[]): Promise<Ended> {
  return concordat(['replay', ...args], { root: project.root })
}

test('a mock that keeps its pact is 0, with one line per interaction where it is asked for', async () => {
  const { code, stdout } = await replay('shop/stock', '--target', 'mock', '--verbose')
  expect(stdout).toContain('✓ shop-till -> shop-stock · reads item 1\n')
  expect(stdout).toContain('✓ shop-till -> shop-stock · reads item 2\n')
  expect(stdout).toContain('shop/stock on mock: 2 of 2 interactions replayed, 0 differ')
  expect(code).toBe(0)
}, 30_000)

test('with --json there is one document on standard output, whatever a mock prints', async () => {
  const { code, stdout, stderr } = await replay('shop/stock', '--target', 'mock', '--only', 'item 2', '--json')
  expect(stderr).toContain('a mock may print what it likes')
  expect(JSON.parse(stdout)).toEqual({
    command: 'replay',
    ok: true,
    exitCode: 0,
    findings: [],
    component: 'shop/stock',
    target: 'mock',
    stores: [],
    interactions: [{ edge: 'shop-till -> shop-stock', description: 'reads item 2', operation: 'getItem', ok: true }],
  })
  expect(code).toBe(0)
}, 30_000)

test('the live service is started with its stores and replayed', async () => {
  const { code, stdout } = await replay('shop/stock', '--target', 'live')
  expect(stdout).toContain('shop/stock on live: 2 of 2 interactions replayed, 0 differ')
  expect(code).toBe(0)
}, 30_000)

test('a service that answers something else is 1, with the place, the request and how to run it again', async () => {
  const mock = gateProject['mocks/shop/stock.mock.ts'] ?? ''
  await project.write(
    'mocks/shop/stock.mock.ts',
    mock.replace('reply(200, { id, name', 'reply(200, { id: id + 1, name'),
  )
  try {
    const { code, stdout } = await replay('shop/stock', '--target', 'mock', '--only', 'reads item 1')
    expect(stdout).toContain('interaction-mismatch: shop-till -> shop-stock · reads item 1 · $.reply.body.id · on mock')
    expect(stdout).toContain("request: curl -i -X GET 'http://127.0.0.1:")
    expect(stdout).toContain('rerun: npm run concordat -- replay shop/stock --target mock --only "reads item 1"')
    expect(code).toBe(1)
  } finally {
    await project.write('mocks/shop/stock.mock.ts', mock)
  }
}, 30_000)

test('a URL where nobody listens is 11, said once', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const { code, stdout } = await replay('shop/stock', '--target', url, '--states-url', `${url}/states`)
  expect(stdout.match(/target-unreachable/g)).toHaveLength(1)
  expect(stdout).toContain(`Nothing takes connections at ${url}`)
  expect(stdout).toContain('0 of 2 interactions replayed')
  expect(code).toBe(11)
}, 30_000)

test('a service that somebody else runs is replayed by its URL, its states set up by its state-change URL', async () => {
  const items = new Set<string>()
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readText(request)
    response.setHeader('x-request-id', request.headers['x-request-id'] ?? 'none')
    if (request.url === '/states') {
      const { params, action } = JSON.parse(text) as { params: { id: number }; action: 'setup' | 'teardown' }
      if (action === 'setup') items.add(`/items/${params.id}`)
      else items.delete(`/items/${params.id}`)
      return void response.end()
    }
    const body = items.has(request.url ?? '') ? { id: Number(request.url?.split('/').at(-1)), name: 'item' } : {}
    response.writeHead('id' in body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  await using server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const told = await replay('shop/stock', '--target', url, '--states-url', `${url}/states`)
  expect(told.stdout).toContain(`shop/stock on ${url}: 2 of 2 interactions replayed, 0 differ`)
  expect(told.code).toBe(0)
  expect(items).toEqual(new Set())

  const untold = await replay('shop/stock', '--target', url, '--only', 'item 1')
  expect(untold.stdout).toContain('state-failed: shop-till -> shop-stock · reads item 1')
  expect(untold.stdout).toContain('Give one with --states-url')
  expect(untold.code).toBe(1)
}, 30_000)

test('a filter that leaves nothing is 3', async () => {
  const { code, stdout } = await replay('shop/stock', '--target', 'mock', '--only', 'sells an item')
  expect(stdout).toContain('nothing-to-replay: shop\n    No interaction is described with "sells an item".')
  expect(code).toBe(3)
})

test('a missing pact is 3', async () => {
  await using fresh = await temporaryProject(gateProject)
  const { code, stdout } = await concordat(['replay', 'shop/stock', '--target', 'mock'], { root: fresh.root })
  expect(stdout).toContain('pact-missing: shop-till -> shop-stock · pacts/shop/till--stock.json')
  expect(code).toBe(3)
})

test('a pact that cannot be read is 1', async () => {
  await using fresh = await temporaryProject({ ...gateProject, 'pacts/shop/till--stock.json': '{' })
  const { code, stdout } = await concordat(['replay', 'shop/stock', '--target', 'mock', '--json'], { root: fresh.root })
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, findings: [{ code: 'pact-invalid' }] })
  expect(code).toBe(1)
})

test.each([
  [['stock', '--target', 'mock'], '"stock" names no component. Write <system>/<component>'],
  [['shpo/stock', '--target', 'mock'], 'there is no system "shpo". Did you mean "shop"?'],
  [['shop/stcok', '--target', 'mock'], 'shop has no component "stcok". Did you mean "stock"?'],
  [['shop/till', '--target', 'mock'], 'shop/till has no contract to keep.'],
  [['shop/stock', '--target', 'mokc'], '"mokc" is no target. Did you mean "mock"?'],
  [
    ['shop/stock', '--target', 'mock', '--states-url', 'http://127.0.0.1:1'],
    '--states-url is for a target that is a URL',
  ],
  [['shop/stock', '--target', 'http://127.0.0.1:1', '--states-url', 'no-url'], 'which is no URL'],
  [['shop/stock', '--target', 'mock', '--timeout', 'soon'], '--timeout is "soon"'],
  [['shop/stock', '--target', 'mock', '--via', 'door'], '--via is for --target compose'],
  [
    ['shop/stock', '--target', 'compose', '--via', 'door'],
    '--via names "door", which is no entry that passes requests on to shop/stock. There is none: leave it out.',
  ],
])('replay %j is a usage error', async (args, message) => {
  const { code, stderr } = await replay(...args)
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
