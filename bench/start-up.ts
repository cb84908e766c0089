import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { inTurns, numberFlag, printTable, ratios, spread } from './support/figures.ts'
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

type Row = { wall: number[]; cpu: number[]; rest: number[]; loaded: number[] }
const rows = new Map(Object.keys(programs).map((name) => [name, { wall: [], cpu: [], rest: [], loaded: [] } as Row]))

async function measure(name: string, seconds: number): Promise<void> {
  const { [name]: program = { args: [], ports: [] } } = programs
  const row = rows.get(name)
  const began = performance.now()
  const child = start(program)
  const pid = child.pid ?? 0
  try {
    for (const port of program.ports)
      while (!(await isAnswered(port))) if (child.exitCode !== null) throw new Error(`${name} ended. See above.`)
    row?.wall.push(performance.now() - began)
    row?.cpu.push((cpuSeconds(pid) ?? NaN) * 1000)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    row?.rest.push(memoryMiB(pid) ?? NaN)
    await load({ method: 'GET', url: `http://127.0.0.1:${program.ports[0]}/health` }, { seconds })
    row?.loaded.push(memoryMiB(pid) ?? NaN)
    // Ended as a person would, so that what was compiled is kept for the next round.
    child.kill('SIGTERM')
    await once(child, 'exit')
  } finally {
    await endProcess(child)
  }
}

const rounds = numberFlag('rounds', 7)
const names = Object.keys(programs)
// Fills caches.
for (const name of names) await measure(name, 1)
for (const row of rows.values()) for (const figures of Object.values(row)) figures.length = 0
await inTurns(names, rounds, (name) => measure(name, numberFlag('seconds', 3)))

const bareRow = rows.get(bare)
printTable(
  `start-up: from process start to the first answer of all, ${rounds} rounds: median (least-most)`,
  ['program', 'ms', 'of bare', 'processor ms', 'MiB at rest', 'MiB under load'],
  names.map((name) => {
    const { wall = [], cpu = [], rest = [], loaded = [] } = rows.get(name) ?? {}
    const shown = [
      spread(wall),
      spread(ratios(wall, bareRow?.wall ?? []), 1),
      spread(cpu),
      spread(rest),
      spread(loaded),
    ]
    return [name, ...shown]
  }),
)
process.exit()
