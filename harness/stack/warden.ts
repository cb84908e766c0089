import childProcess from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import { isAbsolute, parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import { birthVariable } from './birth-variable.ts'

/** Holds until it is released (or disposed): then the warden no longer minds the thing. */
export type Guard = Disposable & { release: () => void }

type Warden = { orders: Set<string>; pipe: Socket | undefined; replacements: number }

const MAX_REPLACEMENTS = 5
const SLOT = Symbol.for('concordat.warden')

/**
 * There is one warden per process, yet Jest loads this module anew for every test file. Built-in modules are the only
 * objects that all those copies share, so the warden hangs on one of them.
 */
function sharedWarden(): Warden {
  const shared: typeof childProcess & { [SLOT]?: Warden } = childProcess
  return (shared[SLOT] ??= { orders: new Set(), pipe: undefined, replacements: 0 })
}

/**
 * Has a process group ended when the harness ends, whatever ends it: `signal` first, SIGKILL to what is left after 2 s.
 * @param pid the leader of the group, started with `detached: true`
 */
export function guardProcess(pid: number, signal: NodeJS.Signals = 'SIGTERM'): Guard {
  return guard(`watch ${pid} ${signal}`)
}

/** A process group that is about to be started, with these variables in its environment; `born` once it has a pid. */
export type ExpectedProcess = Disposable & {
  env: Readonly<Record<string, string>>
  born: (pid: number) => Guard
}

/**
 * Guards a process group from before it exists, as `guardProcess` does once it is `born`. A harness that is killed between
 * the start of a process and the order about it would leave an orphan that nobody knows; by a mark in its environment the
 * warden finds it (where there is a /proc). Dispose it when the start has failed.
 */
export function expectProcess(signal: NodeJS.Signals = 'SIGTERM'): ExpectedProcess {
  const mark = randomUUID()
  const expected = guard(`expect ${mark} ${signal}`)
  return {
    env: { [birthVariable]: mark },
    born(pid) {
      const guarded = guardProcess(pid, signal)
      expected.release()
      return guarded
    },
    [Symbol.dispose]: expected.release,
  }
}

/** Has a directory deleted when the harness ends. It need not exist yet. The path is absolute and not a root. */
export function guardDirectory(directory: string): Guard {
  if (!isAbsolute(directory) || parse(directory).root === directory) {
    throw new TypeError(
      `Cannot guard the directory ${directory}: it would be deleted. Give an absolute path of your own.`,
    )
  }
  return guard(`remove ${directory}`)
}

/** Has a container removed, with its volumes, when the harness ends. It need not exist yet. `engine` is a DOCKER_HOST. */
export function guardContainer(engine: string, container: string): Guard {
  return guard(`destroy ${engine} ${container}`)
}

/** Has a Compose project removed when the harness ends, its volumes unless they are kept. It need not exist yet. */
export function guardProject(engine: string, project: string, data: 'discarded' | 'kept' = 'discarded'): Guard {
  return guard(`dissolve ${engine} ${project} ${data}`)
}

/** Starts the warden if it does not run yet. */
function wakeWarden(): void {
  const warden = sharedWarden()
  if (warden.pipe?.writable) return
  warden.pipe = spawnWarden()
  for (const order of warden.orders) warden.pipe?.write(`${order}\n`)
}

function guard(order: string): Guard {
  if (order.includes('\n')) throw new TypeError(`Cannot guard ${JSON.stringify(order)}: it has a line break in it.`)
  wakeWarden()
  const { orders } = sharedWarden()
  orders.add(order)
  tell(order)
  const release = (): void => {
    if (orders.delete(order)) tell(`forget ${order}`)
  }
  return { release, [Symbol.dispose]: release }
}

function tell(line: string): void {
  const { pipe } = sharedWarden()
  if (pipe?.writable) pipe.write(`${line}\n`)
}

function spawnWarden(): Socket | undefined {
  const { NODE_OPTIONS: _, ...env } = process.env // a debugger or a loader meant for the harness
  const program = fileURLToPath(new URL('warden-process.ts', import.meta.url))
  const child = childProcess.spawn(process.execPath, [program, String(process.pid), ...owner()], {
    cwd: '/',
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => {})
  child.unref()
  if (!(child.stdin instanceof Socket)) return undefined
  const pipe = child.stdin
  pipe.on('error', () => {})
  pipe.unref()
  child.on('exit', () => replaceWarden(pipe))
  return pipe
}

/**
 * A forked process works for the one that forked it. A Jest worker outlives a Jest that was killed for as long as its test
 * hangs, and nobody will ever stop it; so the warden looks after the parent too.
 */
function owner(): string[] {
  return process.send === undefined ? [] : [String(process.ppid)]
}

/** Somebody killed the warden: another one takes its orders over. Not for ever, in case none can live here. */
function replaceWarden(lost: Socket): void {
  lost.destroy()
  const warden = sharedWarden()
  if (warden.orders.size > 0 && warden.replacements++ < MAX_REPLACEMENTS) wakeWarden()
}
