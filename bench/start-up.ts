import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { fileURLToPath } from 'node:url'
import { servedComponents } from '#harness/contract/system.ts'
import { loadSystem, systemNames } from '#harness/project/systems.ts'

// Milliseconds from the start of the process to the first answer of each component, all as mocks: beside a bare node:http
// server, in turns in one run. Usage: node bench/start-up.ts [system …] [--rounds 10]

const main = fileURLToPath(new URL('../harness/cli/main.ts', import.meta.url))
/** As the npm scripts have it. */
const cache = fileURLToPath(new URL('../.concordat/compile-cache', import.meta.url))
const barePort = 48_123
const bare = `require('node:http').createServer((_, reply) => reply.end('{}')).listen(${barePort}, '127.0.0.1')`
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 10

/** Starts a program, waits until all ports have answered, and ends it. Gives the milliseconds. */
async function firstAnswers(args: readonly string[], ports: readonly number[]): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [...args], {
    stdio: 'ignore',
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  })
  const ended = once(child, 'exit')
  try {
    for (const port of ports) while (!(await isAnswered(port))) if (child.exitCode !== null) throw new Error(`it ended`)
    return performance.now() - started
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

function isAnswered(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const request = get({ port, host: '127.0.0.1', path: '/health', agent: false }, (reply) => {
    reply.resume().once('end', () => resolve(true))
  })
  request.once('error', () => setTimeout(resolve, 1, false))
  return promise
}

const named = process.argv.slice(2).filter((arg) => !arg.startsWith('-') && Number.isNaN(Number(arg)))
const rows = new Map<string, number[]>([['bare node:http', []]])
const systems = await Promise.all((named.length > 0 ? named : await systemNames()).map(loadSystem))
for (let round = 0; round <= rounds; round++) {
  for (const system of systems) {
    const served = servedComponents(system)
    const ports = served.map((name) => system.components[name]?.port ?? 0)
    const name = `up ${system.name} (${served.length} mocks)`
    const time = await firstAnswers(['--', main, 'up', system.name, '--quiet'], ports)
    // The first round fills caches.
    if (round > 0) rows.set(name, [...(rows.get(name) ?? []), time])
  }
  if (round > 0) rows.get('bare node:http')?.push(await firstAnswers(['-e', bare], [barePort]))
}
console.log(`start-up, ms from process start to the first answer of all (${rounds} rounds): least, median, most`)
for (const [name, times] of rows) {
  const sorted = times.toSorted((a, b) => a - b)
  const shown = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)]
  console.log(`  ${name.padEnd(28)} ${shown.map((time = 0) => time.toFixed(0).padStart(6)).join(' ')}`)
}
process.exit()
