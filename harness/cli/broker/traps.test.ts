import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call } from '#harness/broker/testing/broker-api.ts'
import { brokerCli } from '#harness/broker/testing/broker-cli.ts'
import { shopPact } from '#harness/broker/testing/shop-pact.ts'
import { freePort } from '#harness/stack/ports.ts'
import { brokerProject, type BrokerProject } from '../testing/broker-project.ts'

// What the official command line passes in silence, or stumbles over, and what this one says to it.
let at: BrokerProject
beforeAll(async () => {
  at = await brokerProject()
}, 60_000)
afterAll(() => at[Symbol.asyncDispose]())

const put = (path: string): ReturnType<typeof call> => call(at.broker, path, { method: 'PUT', json: {} })

test('a refusal in JSON ends the official command line with 0, and this one with 1', async () => {
  const { broker, run } = at
  expect(await run(['publish', '--version', 'trap6', '--branch', 'main'])).toMatchObject({ code: 0 })
  const pact = await call(broker, '/pacts/provider/shop-stock/consumer/shop-till/version/trap6')
  const results = pact.body._links['pb:publish-verification-results'].href
  const bad = { success: false, providerApplicationVersion: 's6' }
  expect((await call(broker, results, { method: 'POST', json: bad })).status).toBe(201)
  await brokerCli(broker, [
    'record-deployment',
    '--pacticipant',
    'shop-stock',
    '--version',
    's6',
    '--environment',
    'test',
  ])
  const question = ['can-i-deploy', '--pacticipant', 'shop-till', '--version', 'trap6', '--to-environment', 'test']
  const official = await brokerCli(broker, [...question, '-o', 'json'])
  expect(official.code).toBe(0)
  expect(JSON.parse(official.output)).toMatchObject({ summary: { deployable: false } })
  const ours = await run(['can-i-deploy', 'shop/till', '--version', 'trap6', '--to', 'test', '--json'])
  expect(ours.code).toBe(1)
  expect(JSON.parse(ours.stdout)).toMatchObject({ ok: false, verdict: 'no', findings: [{ code: 'deploy-refused' }] })
})

test('a version without pacts may be deployed by the official command line, and not by this one', async () => {
  const { broker, run } = at
  await put('/pacticipants/shop-till/versions/trap7')
  const question = [
    'can-i-deploy',
    '--pacticipant',
    'shop-till',
    '--version',
    'trap7',
    '--to-environment',
    'production',
  ]
  expect(await brokerCli(broker, question)).toMatchObject({
    code: 0,
    output: expect.stringContaining('Computer says yes'),
  })
  const ours = await run(['can-i-deploy', 'shop/till', '--version', 'trap7', '--to', 'production'])
  expect(ours.stdout).toContain('shop-till version trap7 has no pact with shop-stock, which it is declared to call.')
  expect(ours.code).toBe(3)
})

test('nor is anybody deployed who published under a mistyped name', async () => {
  const { broker, run } = at
  await put('/pacticipants/shop-tlil/versions/1')
  const question = ['can-i-deploy', '--pacticipant', 'shop-tlil', '--version', '1', '--to-environment', 'production']
  expect(await brokerCli(broker, question)).toMatchObject({ code: 0 })
  const ours = await run(['can-i-deploy', 'shop-tlil', '--version', '1', '--to', 'production'])
  expect(ours.stdout).toContain('nothing was ever verified of shop-tlil version 1')
  expect(ours.code).toBe(3)
  const unheard = await run(['can-i-deploy', 'shop-nobody', '--version', '1', '--to', 'production'])
  expect(unheard).toMatchObject({ code: 3, stdout: expect.stringContaining('Pacticipant shop-nobody not found') })
})

/** A pact in two parts, as two workers record it, below each other. */
async function shards(folder: string, second: object = {}): Promise<void> {
  const pact = shopPact(`${folder}-till`, { id: 7 }) as { interactions: readonly object[] }
  const part = { ...pact, interactions: [{ ...pact.interactions[0], description: 'reads it again', ...second }] }
  for (const [index, content] of [pact, part].entries()) {
    await mkdir(join(at.project.root, folder, String(index)), { recursive: true })
    await writeFile(join(at.project.root, folder, String(index), 'pact.json'), JSON.stringify(content))
  }
}

test('the second part of a pact is refused, also to be merged; this one puts the parts together first', async () => {
  const { broker, run, project } = at
  await shards('trap9')
  const part = (index: number): readonly string[] => [
    join(project.root, 'trap9', String(index)),
    '-a',
    'official',
    '--merge',
  ]
  expect(await brokerCli(broker, ['publish', ...part(0)])).toMatchObject({ code: 0 })
  expect(await brokerCli(broker, ['publish', ...part(1)])).toMatchObject({
    code: 1,
    output: expect.stringContaining('Cannot change the content of the pact'),
  })
  const ours = await run(['publish', '--pacts', 'trap9', '--version', 'ours'])
  expect(ours).toMatchObject({ code: 0, stdout: expect.stringContaining('trap9-till -> shop-backend: 2 interactions') })
})

test('parts that contradict each other are a finding, where the last one would win', async () => {
  await shards('conflict', { description: 'reads an order', response: { status: 404 } })
  const ours = await at.run(['publish', '--pacts', 'conflict', '--version', '1'])
  expect(ours).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('pact-conflict: conflict-till -> shop-backend'),
  })
  expect((await call(at.broker, '/pacticipants/conflict-till')).status).toBe(404)
})

test('a pattern, and a folder of folders, stop the official command line and not this one', async () => {
  const { broker, run, project } = at
  await shards('glob')
  const pattern = await brokerCli(broker, ['publish', join(project.root, 'glob/**/*.json'), '-a', '1'])
  expect(pattern).toMatchObject({ code: 1, output: expect.stringContaining('does not exist') })
  expect(await brokerCli(broker, ['publish', join(project.root, 'glob'), '-a', '1'])).not.toMatchObject({ code: 0 })
  expect(await run(['publish', '--pacts', 'glob/**/*.json', '--version', '1'])).toMatchObject({ code: 0 })
  expect(await run(['publish', '--pacts', 'nowhere/*.json', '--version', '1'])).toMatchObject({ code: 2 })
})

test('a broker that fails holds a build up for minutes, or for a moment', async () => {
  let asked = 0
  await using failing = await serverThat(() => void asked++)
  const publish = ['publish', '--pacts', 'pacts', '--version', '1']
  const ours = await at.run(publish, { PACT_BROKER_BASE_URL: failing.url })
  expect(ours).toMatchObject({ code: 11, stderr: expect.stringContaining('it answers with 503') })
  expect(asked).toBe(3)
  // What the official one asks before it gives up grows with the number of retries, half a second doubled each time.
  const official = await brokerCli(failing, ['list-environments'], { PACT_BROKER_HTTP_RETRIES: '2' })
  expect(official.code).toBe(1)
  expect(asked).toBeGreaterThan(4)
  const help = await brokerCli(failing, ['publish', '--help'], { PACT_BROKER_HTTP_RETRIES: '' })
  expect(help.output).toContain('[default: 8]')
})

test('a broker that is not there is 11, for every command that needs one', async () => {
  const nowhere = { PACT_BROKER_BASE_URL: `http://127.0.0.1:${await freePort()}` }
  const commands = [
    ['can-i-deploy', 'shop/till', '--version', '1', '--to', 'test'],
    ['record-deployment', 'shop/till', '--version', '1', '--to', 'test'],
    ['environments'],
    ['replay', 'shop/stock', '--target', 'live', '--from', 'broker', '--version', '1'],
  ]
  for (const command of commands)
    expect(await at.run(command, nowhere)).toMatchObject({
      code: 11,
      stderr: expect.stringContaining('cannot be reached'),
    })
}, 60_000)

test('a broker that has nothing to verify is 3, not a pass', async () => {
  await using empty = await brokerProject()
  const { code, stdout } = await empty.run([
    'replay',
    'shop/stock',
    '--target',
    'live',
    '--from',
    'broker',
    '--version',
    '1',
  ])
  expect(stdout).toContain('nothing-to-replay: shop-stock')
  expect(code).toBe(3)
}, 60_000)

async function serverThat(onCall: () => void): Promise<AsyncDisposable & { url: string }> {
  const server: Server = createServer((_request, response) => {
    onCall()
    response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
