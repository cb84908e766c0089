import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPact, type PactFile } from '#harness/pact/file/pact-file.ts'
import { mockTarget } from '#harness/pact/replay/mock-target.ts'
import { startStatesServer } from '#harness/pact/replay/states-server.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { freePort } from '#harness/stack/ports.ts'
import { startProcess } from '#harness/stack/process.ts'
import { mock } from './backend.mock.ts'

const quiet = { ...process.env, PACT_DO_NOT_TRACK: 'true', SCARF_ANALYTICS: 'false' }

let folder: string
let file: string
let pact: PactFile

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'official-tools-'))
  const whole = await readPact(paths.pact('workbench', { consumer: 'frontend', provider: 'backend' }))
  // The interactions of request and reply as they are; streams need a replayer that knows their envelope.
  pact = { ...whole, interactions: whole.interactions.filter(({ type }) => type === 'Synchronous/HTTP') }
  file = join(folder, 'pact.json')
  await writeFile(file, JSON.stringify(pact))
})

afterAll(() => rm(folder, { recursive: true }))

const tool = (name: string): string => join(projectRoot, 'node_modules', '.bin', name)

type Report = { result: boolean; interactionResults?: unknown[]; output: string[] }

test('pact-verifier replays the recorded HTTP interactions as they are', async () => {
  await using target = await mockTarget(mock)
  await using states = await startStatesServer(target)
  const report = join(folder, 'report.json')
  const { port } = new URL(target.baseUrl)
  const flags = [
    '--file',
    file,
    '--port',
    port,
    '--state-change-url',
    states.url,
    '--state-change-teardown',
    '--json',
    report,
    '--no-colour',
  ]
  const child = spawn(tool('pact-verifier'), flags, { env: quiet, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number]
  expect({ code, failures: output.split('Failures:')[1] }).toEqual({ code: 0, failures: undefined })
  const { result, output: lines } = JSON.parse(await readFile(report, 'utf8')) as Report
  expect(result).toBe(true)
  for (const { description } of pact.interactions) expect(lines.join('\n')).toContain(description)
}, 60_000)

test('pact-stub-server answers from the recorded HTTP interactions as they are', async () => {
  const port = await freePort()
  await using _stub = await startProcess({
    name: 'pact-stub-server',
    command: tool('pact-stub-server'),
    args: ['--file', file, '--port', String(port)],
    env: quiet,
    ready: { kind: 'port', port },
  })
  const created = pact.interactions.find(
    (interaction) => interaction.type === 'Synchronous/HTTP' && interaction.response.status === 201,
  )
  if (created?.type !== 'Synchronous/HTTP') throw new Error('the pact records nothing that is created')
  const { method, path, body, headers } = created.request as unknown as {
    method: string
    path: string
    body: { content: unknown }
    headers: Record<string, string[]>
  }
  const sent = Object.entries(headers).map(([name, values]) => [name, values.join(', ')] as [string, string])
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: sent,
    body: JSON.stringify(body.content),
  })
  expect(reply.status).toBe(201)
  expect(await reply.json()).toMatchObject((created.response.body as { content: object }).content)
}, 60_000)
