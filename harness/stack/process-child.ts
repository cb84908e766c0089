import { spawn } from 'node:child_process'
import type { ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { EnvironmentError } from './environment-error.ts'
import { groupEnds, signalGroup } from './process-group.ts'
import { ProcessLog } from './process-log.ts'
import { expectProcess } from './warden.ts'

/** What to run, and as whom. `name` is what messages call it. */
export type CommandSpec = {
  name: string
  command: string
  args?: readonly string[]
  cwd?: string
  /** Set over what is inherited; undefined removes a variable. */
  env?: Record<string, string | undefined>
  /** Asks the process to end. SIGTERM unless told. */
  stopSignal?: NodeJS.Signals
  uid?: number
  gid?: number
}

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

/** A running process group of ours. `end` asks it to stop, and after 5 s kills it; it may be called again and again. */
export type ProcessChild = { pid: number; log: ProcessLog; exited: Promise<Exit>; end(): Promise<void> }

const GRACE_MS = 5_000
const LAST_WORDS_MS = 250

type Child = ChildProcessByStdio<null, Readable, Readable>

/**
 * Starts a command as a process group of its own that the warden watches. When the leader ends by itself, what is left
 * of its group is ended too. A grandchild that opens its own session (a daemon) leaves the group and all this care.
 * @throws EnvironmentError when the program cannot be executed
 */
export async function spawnGroup(spec: CommandSpec): Promise<ProcessChild> {
  const { stopSignal = 'SIGTERM' } = spec
  using expected = expectProcess(stopSignal)
  const child = spawnChild(spec, expected.env)
  if (child.pid === undefined) throw cannotExecute(spec, await errorOf(child))
  const guard = expected.born(child.pid)
  return superviseGroup({ child, pid: child.pid, stopSignal, whenOver: guard.release })
}

/** `name: command and arguments`, for messages. */
export function describeCommand(spec: CommandSpec): string {
  return `${spec.name} (${[spec.command, ...(spec.args ?? [])].join(' ')})`
}

/** Some failures are thrown, some become an event of a child without a pid. */
function spawnChild(spec: CommandSpec, marks: Readonly<Record<string, string>>): Child {
  const { command, args = [], cwd, uid, gid } = spec
  const place = {
    ...(cwd !== undefined && { cwd }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
  }
  try {
    return spawn(command, args, {
      ...place,
      detached: true,
      env: { ...childEnvironment(spec.env), ...marks },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    throw cannotExecute(spec, error as NodeJS.ErrnoException)
  }
}

type Supervised = { child: Child; pid: number; stopSignal: NodeJS.Signals; whenOver: () => void }

function superviseGroup({ child, pid, stopSignal, whenOver }: Supervised): ProcessChild {
  const log = new ProcessLog()
  log.follow(child.stdout)
  log.follow(child.stderr)
  const closed = once(child, 'close')
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))
  const endOnce = async (): Promise<void> => {
    await endGroup(pid, stopSignal)
    whenOver()
    await Promise.race([closed, delay(LAST_WORDS_MS, undefined, { ref: false })])
    child.stdout.destroy() // a daemon that left the group may still hold the pipes, and with them our event loop
    child.stderr.destroy()
  }
  let ending: Promise<void> | undefined
  const end = (): Promise<void> => (ending ??= endOnce())
  child.once('exit', () => void end())
  return { pid, log, exited, end }
}

async function endGroup(pid: number, stopSignal: NodeJS.Signals): Promise<void> {
  signalGroup(pid, stopSignal)
  if (await groupEnds(pid, GRACE_MS)) return
  signalGroup(pid, 'SIGKILL')
  await groupEnds(pid, GRACE_MS)
}

/** Everything but what steers the test runner's own Node: a service must not run under a loader or a debugger of ours. */
function childEnvironment(extra: CommandSpec['env'] = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('JEST_'))
  return { ...Object.fromEntries(inherited), ...extra }
}

function cannotExecute(spec: CommandSpec, error: NodeJS.ErrnoException): EnvironmentError {
  const where = spec.cwd === undefined ? '' : ` in ${spec.cwd}`
  const who = spec.uid === undefined ? '' : ` as user ${spec.uid}`
  return new EnvironmentError(
    `Cannot start ${describeCommand(spec)}${where}${who}: ${error.code ?? error.message}. ` +
      'Check that the program is installed, that the folder exists and that this user may go there and run it.',
    { cause: error },
  )
}

function errorOf(child: Child): Promise<NodeJS.ErrnoException> {
  return new Promise((resolve) => child.once('error', resolve))
}
