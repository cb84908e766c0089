import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { jsonOr } from '#harness/contract/json.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { groupEnds, signalGroup } from '#harness/stack/process-group.ts'
import { expectProcess } from '#harness/stack/warden.ts'

/** A consumer in any language: a program that calls the provider whose URL its environment holds. */
export type ConsumerCommand = Readonly<{
  command: readonly [program: string, ...args: string[]]
  /** Where it runs; the current folder by default. */
  cwd?: string
  /** Set over what is inherited: the URL of the recording server, under the consumer's own name for it. */
  env: Readonly<Record<string, string>>
  /** What it reads from standard input; nothing by default. */
  input?: string
  /** Milliseconds that it may take. Default 15,000. */
  timeoutMs?: number
}>

/** What a consumer wrote. `json` reads standard output, and throws Error where that is no JSON. */
export type ConsumerOutput = Readonly<{ stdout: string; stderr: string; json: () => unknown }>

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** How many lines of what a consumer said last go into an error. */
const lastLines = 20

/** Milliseconds that the end of what was killed, and its last words, are waited for. */
const endMs = 5000
const lastWordsMs = 250

/**
 * Runs a consumer's own command to its end, for use inside `records`: so a consumer in another language records too. It
 * is a process group of its own, of which nothing is left behind. It inherits the environment without NODE_OPTIONS and
 * JEST_*.
 * @throws EnvironmentError where the program cannot be executed; Error where it fails or takes too long, with what it said last.
 */
export async function runConsumer(consumer: ConsumerCommand): Promise<ConsumerOutput> {
  const { timeoutMs = 15_000 } = consumer
  using expected = expectProcess('SIGKILL')
  const child = spawnConsumer(consumer, expected.env)
  const pid = child.pid ?? (await refused(child, consumer))
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const said = outputOf(child)
  using _guard = expected.born(pid)
  child.stdin.on('error', () => undefined).end(consumer.input ?? '')
  const timeOver = new AbortController()
  const timeOut = delay(timeoutMs, 'time-out' as const, { signal: timeOver.signal, ref: false }).catch(
    () => 'time-out' as const,
  )
  const end = await Promise.race([ended, timeOut])
  timeOver.abort()
  // What it started and left behind ends with it.
  signalGroup(pid, 'SIGKILL')
  await groupEnds(pid, endMs)
  const { stdout, stderr } = await said()
  if (end === 'time-out') throw failed(consumer, `did not end within ${timeoutMs} ms`, stderr || stdout)
  const [code, signal] = end
  if (code !== 0) throw failed(consumer, `ended with ${signal ?? `code ${code}`}`, stderr || stdout)
  return { stdout, stderr, json: () => readJson(consumer, stdout) }
}

function spawnConsumer(
  { command: [program, ...args], cwd, env }: ConsumerCommand,
  marks: Readonly<Record<string, string>>,
): Child {
  // Nothing that steers the test runner's own Node may steer the consumer.
  const inherited = Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS' && !name.startsWith('JEST_'))
  return spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    detached: true,
    env: { ...Object.fromEntries(inherited), ...env, ...marks },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** A program that cannot be executed has no pid; why it cannot comes as an event. */
async function refused(child: Child, consumer: ConsumerCommand): Promise<never> {
  const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException]
  throw cannotRun(consumer, error)
}

/** Collects what a process writes. A daemon that left its group may hold the pipes: they are waited for a moment only. */
function outputOf(child: Child): () => Promise<{ stdout: string; stderr: string }> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk))
  const closed = new Promise((resolve) => child.once('close', resolve))
  return async () => {
    await Promise.race([closed, delay(lastWordsMs, undefined, { ref: false })])
    child.stdout.destroy()
    child.stderr.destroy()
    return {
      stdout: Buffer.concat(chunks.stdout).toString('utf8'),
      stderr: Buffer.concat(chunks.stderr).toString('utf8'),
    }
  }
}

function readJson(consumer: ConsumerCommand, stdout: string): unknown {
  const value = jsonOr(stdout, undefined)
  if (value === undefined) throw failed(consumer, 'wrote what is no JSON', stdout)
  return value
}

function failed({ command }: ConsumerCommand, what: string, said: string): Error {
  const lines = said.trimEnd().split('\n').slice(-lastLines)
  const words = said.trim() === '' ? '  (it wrote nothing)' : lines.map((line) => `  | ${line}`).join('\n')
  return new Error(`The consumer (${command.join(' ')}) ${what}. Fix what it says last.\n${words}`)
}

function cannotRun({ command, cwd }: ConsumerCommand, error: NodeJS.ErrnoException): EnvironmentError {
  const where = cwd === undefined ? '' : ` in ${cwd}`
  return new EnvironmentError(
    `Cannot run the consumer (${command.join(' ')})${where}: ${error.code ?? error.message}. Check that the program is installed and that the folder exists.`,
    { cause: error },
  )
}
