import { connectFailure, portOwner } from './ports.ts'
import { EnvironmentError } from './environment-error.ts'
import { describeCommand, spawnGroup } from './process-child.ts'
import type { CommandSpec, Exit, ProcessChild } from './process-child.ts'
import { signalGroup } from './process-group.ts'
import { expectedAddress, untilReady } from './readiness.ts'
import type { Readiness } from './readiness.ts'

/** A command, and what tells that it can be used (within 30 s unless told). */
export type ProcessSpec = CommandSpec & { ready: Readiness; readyTimeoutMs?: number }

export type RunningProcess = AsyncDisposable & {
  name: string
  pid: number
  /** The last lines of both streams, oldest first: all that are kept (1000) unless a number is given. */
  log(lines?: number): string[]
  /** Calls back with every line from now on. Returns the way to stop that. */
  onLine(listener: (line: string) => void): () => void
  exited: Promise<Exit>
  /** Asks the whole group to end, kills what is left after 5 s. Idempotent. */
  stop(): Promise<void>
  /** Sends a signal to the whole group, for tests of what happens then. */
  kill(signal: NodeJS.Signals): void
}

const READY_TIMEOUT_MS = 30_000

/**
 * Starts a process and waits until it is ready. It is a process group of its own and does not outlive the harness.
 * It inherits the environment without NODE_OPTIONS and JEST_*.
 * @throws EnvironmentError when it cannot be executed, its port is taken, it ends before it is ready or is not ready in
 *   time; with the last 20 lines it wrote. Nothing is left running then.
 */
export async function startProcess(spec: ProcessSpec): Promise<RunningProcess> {
  await refuseTakenPort(spec)
  const child = await spawnGroup(spec)
  try {
    await becomeReady(spec, child)
  } catch (error) {
    await child.end()
    if (!(error instanceof EnvironmentError)) throw error
    throw new EnvironmentError(`${error.message}\n${child.log.evidence()}`)
  }
  return {
    name: spec.name,
    pid: child.pid,
    log: (lines) => child.log.tail(lines),
    onLine: (listener) => child.log.onLine(listener),
    exited: child.exited,
    stop: () => child.end(),
    kill: (signal) => void signalGroup(child.pid, signal),
    [Symbol.asyncDispose]: () => child.end(),
  }
}

/** Somebody else's answer on that port would pass for readiness, so it is looked at first. */
async function refuseTakenPort(spec: ProcessSpec): Promise<void> {
  const address = expectedAddress(spec.ready)
  if (address === undefined || (await connectFailure(address.port, address.host)) !== undefined) return
  const owner = portOwner(address.port) ?? 'another process'
  throw new EnvironmentError(
    `Cannot start ${spec.name}: port ${address.port} is in use by ${owner}. Stop that, or choose another port.`,
  )
}

async function becomeReady(spec: ProcessSpec, child: ProcessChild): Promise<void> {
  const { ready, readyTimeoutMs = READY_TIMEOUT_MS } = spec
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), readyTimeoutMs)
  let exit: Exit | undefined
  void child.exited.then((how) => {
    exit = how
    giveUp.abort()
  })
  const failure = await untilReady(ready, child.log, giveUp.signal).then(
    () => undefined,
    (error: Error) => error.message,
  )
  clearTimeout(timer)
  if (exit !== undefined) throw endedEarly(spec, exit)
  if (failure !== undefined) throw notReadyInTime(spec, readyTimeoutMs, failure)
}

function endedEarly(spec: ProcessSpec, exit: Exit): EnvironmentError {
  const how = exit.signal === null ? `exited with code ${exit.code}` : `was ended by ${exit.signal}`
  return new EnvironmentError(
    `Cannot start ${describeCommand(spec)}: it ${how} before it was ready. Fix what it says last.`,
  )
}

function notReadyInTime(spec: ProcessSpec, timeoutMs: number, failure: string): EnvironmentError {
  return new EnvironmentError(
    `Cannot start ${describeCommand(spec)}: not ready within ${timeoutMs / 1000} s, ${failure}. ` +
      'Fix what it says last, or allow more time with readyTimeoutMs.',
  )
}
