import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { inTurns, numberFlag, printTable, ratios, spread, type Figures } from './support/figures.ts'
import { load } from './support/load.ts'
import { cpuSeconds, endProcess, memoryMiB } from './support/server-process.ts'

// Milliseconds from the start of the process to the first answer of each component, all as mocks: beside a bare node:http
// server, in turns in one run; then how much memory they have in use at rest, and after load on the first of them. The five
// are all mocks that there are, in one process. Usage: node bench/start-up.ts [--rounds 7] [--seconds 3]

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const main = here('../harness/cli/main.ts')
const barePort = 48_123
const bareCode = `require('node:http').createServer((_, reply) => reply.end('{}')).listen(${barePort}, '127.0.0.1')`

type Program = Readonly<{ args: readonly string[]; ports: readonly number[]; root?: string }>

const bare = 'bare node:http'
const programs: Readonly<Record<string, Program>> = {
  [bare]: { args: ['-e', bareCode], ports: [barePort] },
  'up workbench (1 mock)': { args: ['--', main, 'up', 'workbench', '--quiet'], ports: [4512] },
  'up prometheus (4 mocks)': {
    args: ['--', main, 'up', 'prometheus', '--quiet'],
    ports: [3000, 8080, 30_017, 30_018],
  },
  'up five (5 mocks)': {
    args: ['--', main, 'up', 'five', '--quiet'],
    ports: [48_131, 48_132, 48_133, 48_134, 48_135],
    root: here('project'),
  },
}

function start({ args, root }: Program): ChildProcess {
  const env = {
    ...process.env,
    // As the npm scripts have it.
    NODE_COMPILE_CACHE: here('../.concordat/compile-cache'),
    ...(root !== undefined && { CONCORDAT_ROOT: root }),
  }
  return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
}

function isAnswered(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const request = get({ port, host: '127.0.0.1', path: '/health', agent: false }, (reply) => {
    reply.resume().once('end', () => resolve(true))
  })
  request.once('error', () => setTimeout(resolve, 1, false))
  return promise
}

type Row = Readonly<{ wall: number; cpu: number; rest: number; loaded: number }>

async function measure(name: string, { args, ports, ...program }: Program, seconds: number): Promise<Row> {
  const began = performance.now()
  const child = start({ args, ports, ...program })
  const pid = child.pid ?? 0
  try {
    for (const port of ports)
      while (!(await isAnswered(port))) if (child.exitCode !== null) throw new Error(`${name} ended. See above.`)
    const wall = performance.now() - began
    const cpu = (cpuSeconds(pid) ?? NaN) * 1000
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const rest = memoryMiB(pid) ?? NaN
    await load({ method: 'GET', url: `http://127.0.0.1:${ports[0]}/health` }, { seconds })
    const loaded = memoryMiB(pid) ?? NaN
    // Ended as a person would, so that what was compiled is kept for the next round.
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    return { wall, cpu, rest, loaded }
  } finally {
    await endProcess(child)
  }
}

const rounds = numberFlag('rounds', 7)
const all = Object.entries(programs)
// Fills caches.
for (const [name, program] of all) await measure(name, program, 1)
const rows = new Map<string, Row[]>()
await inTurns(all, rounds, async ([name, program]) => {
  const row = await measure(name, program, numberFlag('seconds', 3))
  rows.set(name, [...(rows.get(name) ?? []), row])
})

function figuresOf(name: string, what: keyof Row): Figures {
  return (rows.get(name) ?? []).map((row) => row[what])
}

printTable(
  `start-up: from process start to the first answer of all, ${rounds} rounds: median (least-most)`,
  ['program', 'ms', 'of bare', 'best of best', 'processor ms', 'MiB at rest', 'MiB under load'],
  Object.keys(programs).map((name) => {
    const [wall, ofBare] = [figuresOf(name, 'wall'), figuresOf(bare, 'wall')]
    // The least time is the best one.
    const best = (Math.min(...wall) / Math.min(...ofBare)).toFixed(1)
    const rest = (['cpu', 'rest', 'loaded'] as const).map((what) => spread(figuresOf(name, what)))
    return [name, spread(wall), spread(ratios(wall, ofBare), 1), best, ...rest]
  }),
)
process.exit()
