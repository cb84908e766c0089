import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server of a bench in a process of its own. */
export type BenchServer = AsyncDisposable &
  Told &
  Readonly<{
    pid: number
    others: readonly string[]
    /** MiB of its heap that are alive, once garbage is collected. */
    aliveMiB: () => Promise<number>
  }>

/** What it tells: where it is, other ways to it, and what to ask it for. */
type Told = Readonly<{
  url: string
  others?: readonly string[]
  path?: string
  headers?: Readonly<Record<string, string>>
}>

/** Starts a file of bench/servers, which says its URL once it takes requests. */
export async function startServer(file: string): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL(`../servers/${file}`, import.meta.url)), [], {
    execArgv: [...flags],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const [told] = (await Promise.race([once(child, 'message'), neverEnding(file, child)])) as [Told]
  return serverOf(child, told)
}

/** Preloaded: see tell-heap.ts. */
const flags = ['--expose-gc', '--import', new URL('tell-heap.ts', import.meta.url).href]
const main = fileURLToPath(new URL('../../harness/cli/main.ts', import.meta.url))
const project = fileURLToPath(new URL('../project', import.meta.url))

/** Starts the one component of a system of bench/project as `concordat up` does, quietly, in a state. */
export async function startUp(system: string, state: string): Promise<BenchServer> {
  const args = [...flags, '--', main, 'up', system, '--ports', 'free', '--quiet', '--json', '--state', state]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CONCORDAT_ROOT: project },
  })
  const line = once(createInterface(child.stdout), 'line')
  const [text] = (await Promise.race([line, neverEnding(`concordat up ${system}`, child)])) as [string]
  const { stack } = JSON.parse(text) as { stack: { components: readonly { url: string }[] } }
  return serverOf(child, { url: stack.components[0]?.url ?? '' })
}

function serverOf(child: ChildProcess, told: Told): BenchServer {
  async function end(): Promise<void> {
    // One that has processes of its own ends them first.
    if (!child.connected) return endProcess(child)
    const ended = once(child, 'exit')
    child.disconnect()
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(late)
  }
  const lines = createInterface(child.stderr ?? process.stdin)
  lines.on('line', (line) => void (line.startsWith('alive: ') || console.error(line)))
  async function aliveMiB(): Promise<number> {
    const line = once(lines, 'line')
    child.kill('SIGUSR2')
    const [text] = (await line) as [string]
    return Number(text.replace('alive: ', '')) / 1024 / 1024
  }
  return { others: [], ...told, pid: child.pid ?? 0, aliveMiB, [Symbol.asyncDispose]: end }
}

async function neverEnding(what: string, child: ChildProcess): Promise<never> {
  await once(child, 'exit')
  throw new Error(`${what} ended before it took requests. See what it wrote above.`)
}

/** Ends a process and waits until it has. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Seconds of processor time that a process has used, where the system tells (Linux). */
export function cpuSeconds(pid: number): number | undefined {
  const fields = readProc(pid, 'stat')?.split(') ').at(-1)?.split(' ')
  // proc_pid_stat(5): user and system time, in hundredths of a second.
  return fields && (Number(fields[11]) + Number(fields[12])) / 100
}

/** MiB of memory that a process has in use, where the system tells (Linux). */
export function memoryMiB(pid: number): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readProc(pid, 'status') ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}
