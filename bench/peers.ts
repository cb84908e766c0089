import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '#harness/stack/ports.ts'
import { conversation, newConversation } from './project/contracts/hundred/routes.ts'
import { bestOf, inTurns, numberFlag, printTable, ratios, spread } from './support/figures.ts'
import { load, type LoadRequest } from './support/load.ts'
import { endProcess, startServer, startUp, type BenchServer } from './support/server-process.ts'
import { openApi } from './support/peer-document.ts'
import { stubs } from './support/peer-stubs.ts'

// Requests a second beside other mock servers, over the same 100 routes and 32 connections, in turns in one run. They are
// installed here when they are not yet there: they are no part of the project. WireMock needs a Java runtime.
// Usage: node bench/peers.ts [--rounds 3] [--seconds 4]

type Peer = Pick<BenchServer, 'url'> & AsyncDisposable

const folder = fileURLToPath(new URL('peers', import.meta.url))
const program = (name: string): string => join(folder, 'node_modules', '.bin', name)
/** Nothing is told to anybody. */
const silent = { ...process.env, DO_NOT_TRACK: '1', SCARF_ANALYTICS: 'false' }

async function install(): Promise<void> {
  if (existsSync(program('prism'))) return
  console.log('Installing the other mock servers into bench/peers/node_modules: npm ci.')
  const npm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  await promisify(execFile)('npm', npm, { cwd: folder, env: silent }).catch((error: Error) => {
    throw new Error(`The other mock servers cannot be installed: ${error.message} Run "npm ci" in bench/peers.`)
  })
}

/** Starts another mock server, and waits until it answers. */
async function startPeer(command: string, args: readonly string[], port: number): Promise<Peer> {
  const child = spawn(command, args, { stdio: 'ignore', env: silent })
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject).once('exit', () => reject(new Error(`${command} ended before it took requests.`)))
  })
  const url = `http://127.0.0.1:${port}`
  await Promise.race([answers(url), failed])
  failed.catch(() => undefined)
  return { url, [Symbol.asyncDispose]: () => endProcess(child) }
}

async function answers(url: string): Promise<void> {
  const asked = (): Promise<boolean> =>
    fetch(`${url}/api/r99/${conversation.id}`).then(
      ({ status }) => status === 200,
      () => false,
    )
  while (!(await asked())) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function wireMock(): Promise<Peer> {
  const root = join(scratch, 'wiremock')
  await mkdir(join(root, 'mappings'), { recursive: true })
  await writeFile(join(root, 'mappings', 'stubs.json'), JSON.stringify({ mappings: stubs() }))
  const build = join(folder, 'node_modules', 'wiremock', 'build')
  const jar = (await readdir(build)).find((name) => name.endsWith('.jar')) ?? ''
  const port = await freePort()
  // A journal of the same length as ours; without limit it fills the memory.
  const args = ['--port', String(port), '--root-dir', root, '--max-request-journal-entries', '1000']
  return startPeer('java', ['-jar', join(build, jar), ...args, '--bind-address', '127.0.0.1'], port)
}

async function prism(): Promise<Peer> {
  const port = await freePort()
  return startPeer(program('prism'), ['mock', document, '-p', String(port), '-h', '127.0.0.1', '-v', 'silent'], port)
}

async function mockoon(): Promise<Peer> {
  const port = await freePort()
  const args = ['start', '--data', document, '--port', String(port), '--hostname', '127.0.0.1']
  return startPeer(program('mockoon-cli'), [...args, '--disable-log-to-file'], port)
}

const bare = 'bare node:http'
const up = 'concordat up'
const servers: Readonly<Record<string, () => Promise<Peer>>> = {
  [bare]: () => startServer('bare.ts'),
  [up]: () => startUp('hundred', `conversationExists:${JSON.stringify(conversation)}`),
  Prism: prism,
  Mockoon: mockoon,
  WireMock: wireMock,
}

await install()
const scratch = await mkdtemp(join(tmpdir(), 'concordat-peers-'))
const document = join(scratch, 'openapi.json')
await writeFile(document, JSON.stringify(openApi()))

const kinds: Readonly<Record<'GET' | 'POST', (url: string) => LoadRequest>> = {
  GET: (url) => ({ method: 'GET', url: `${url}/api/r99/${conversation.id}` }),
  POST: (url) => ({ method: 'POST', url: `${url}/api/conversations`, json: newConversation }),
}
const figures = new Map<string, number[]>()
const figuresOf = (name: string, kind: string): number[] => {
  const known = figures.get(`${name} ${kind}`) ?? []
  figures.set(`${name} ${kind}`, known)
  return known
}
const rounds = numberFlag('rounds', 3)
const seconds = numberFlag('seconds', 4)
try {
  await inTurns(Object.keys(servers), rounds, async (name) => {
    await using server = await (servers[name] ?? prism)()
    for (const [kind, requestTo] of Object.entries(kinds)) {
      // A Java program takes longer until it is at its best.
      await load(requestTo(server.url), { seconds: name === 'WireMock' ? 5 : 2 })
      const { perSecond, count, failed } = await load(requestTo(server.url), { seconds })
      if (failed > 0) throw new Error(`${name}: ${failed} of ${count} requests failed.`)
      figuresOf(name, kind).push(perSecond)
    }
  })
} finally {
  await rm(scratch, { recursive: true })
}
for (const kind of Object.keys(kinds)) {
  printTable(
    `${kind} beside other mock servers, 32 connections, ${rounds} rounds of ${seconds} s: median (least-most)`,
    ['server', 'requests/s', 'of bare', 'concordat up of it', 'best of best'],
    Object.keys(servers).map((name) => {
      const own = figuresOf(name, kind)
      const ours = figuresOf(up, kind)
      const times = [spread(ratios(own, figuresOf(bare, kind)), 3), spread(ratios(ours, own), 1), bestOf(ours, own)]
      return [name, spread(own), ...times]
    }),
  )
}
