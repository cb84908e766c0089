import { onFreePort } from '../ports.ts'
import type { RunningProcess } from '../process.ts'

/** A service's process that can be stopped, killed and brought back. What it keeps outside of itself stays. */
export type LiveProcess = AsyncDisposable &
  Readonly<{
    /** Where it listens; another port after it came back, where somebody took the old one meanwhile. */
    port: () => number
    isUp: () => boolean
    /** The process that runs, or that ran last. */
    current: () => RunningProcess
    /** Brings it back, and waits until it is ready. Does nothing while it is up. */
    start: () => Promise<void>
    /** Asks it to end, as an operator would. */
    stop: () => Promise<void>
    /** Ends it by SIGKILL, as a crash would: it can do nothing about it. */
    kill: () => Promise<void>
    /** The last lines of all its lives, oldest first. */
    log: (lines: number) => readonly string[]
    /** Calls back with every line from now on, of all its lives. */
    onLine: (listener: (line: string) => void) => void
  }>

/** How many lives keep their lines. */
const keptLives = 5

/**
 * Starts a service's process on this port, or on a free one.
 * @throws EnvironmentError where the port or the process cannot be had.
 */
export async function startLiveProcess(
  launch: (port: number) => Promise<RunningProcess>,
  ownPort?: number,
): Promise<LiveProcess> {
  const listeners = new Set<(line: string) => void>()
  const lives: RunningProcess[] = []
  let current: RunningProcess | undefined
  let port = ownPort ?? 0
  async function launchAt(wanted: number): Promise<void> {
    const started = await launch(wanted)
    port = wanted
    current = started
    lives.push(started)
    lives.splice(0, lives.length - keptLives)
    started.onLine((line) => {
      for (const listener of listeners) listener(line)
    })
    void started.exited.then(() => {
      if (current === started) current = undefined
    })
  }
  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = current
    current = undefined
    if (signal === 'SIGKILL') ending?.kill('SIGKILL')
    await ending?.stop()
  }
  await (ownPort === undefined ? onFreePort(launchAt) : launchAt(ownPort))
  return {
    port: () => port,
    isUp: () => current !== undefined,
    current: () => latest(lives),
    async start() {
      if (current !== undefined) return
      await (ownPort === undefined ? onFreePort(launchAt, port) : launchAt(ownPort))
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    log: (lines) => lives.flatMap((life) => life.log()).slice(-lines),
    onLine: (listener) => void listeners.add(listener),
    [Symbol.asyncDispose]: () => end('SIGTERM'),
  }
}

function latest(lives: readonly RunningProcess[]): RunningProcess {
  const last = lives.at(-1)
  if (!last) throw new TypeError('a live process was never started.')
  return last
}
