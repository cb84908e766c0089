import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

/** How a command ended, and what it printed where. */
export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string; milliseconds: number }>

/** A command that runs. */
export type Started = Readonly<{
  child: ChildProcessByStdio<null, Readable, Readable>
  /** What it has printed so far on both streams. */
  output: () => string
  ended: Promise<Ended>
}>

// Node takes --env-file for itself, wherever it stands, unless "--" comes before.
const main = fileURLToPath(new URL('../main.ts', import.meta.url))

type Options = Readonly<{ root?: string; env?: Readonly<Record<string, string>> }>

/** Starts the command line as the npm script does, as a process of its own; on another project where a root is given. */
export function start(args: readonly string[], { root, env = {} }: Options = {}): Started {
  const { NODE_OPTIONS: _ours, JEST_WORKER_ID: _worker, FORCE_COLOR: _colours, ...rest } = process.env
  // A command under test is the same wherever the tests run: what is different in CI is asked for.
  const inherited = Object.fromEntries(
    Object.entries(rest).filter(([name]) => name !== 'CI' && !name.startsWith('GITHUB_')),
  )
  const started = performance.now()
  const child = spawn(process.execPath, ['--', main, ...args], {
    env: { ...inherited, ...(root !== undefined && { CONCORDAT_ROOT: root }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')))
  const ended = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout,
    stderr,
    milliseconds: performance.now() - started,
  }))
  return { child, ended, output: () => stdout + stderr }
}

/** Runs the command line to its end. */
export function concordat(args: readonly string[], options: Options = {}): Promise<Ended> {
  return start(args, options).ended
}
