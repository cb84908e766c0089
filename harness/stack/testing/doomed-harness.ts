/** What the short-lived harnesses in `warden.test.ts` are made of. Each runs in a process of its own. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Starts a script as a process group and returns its leader, once it has written something. */
export function startGroup(code: string): Promise<number> {
  const child = spawn(process.execPath, ['--eval', code], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.stdout.once('data', () => (child.pid === undefined ? reject(new Error('no process')) : resolve(child.pid)))
  return promise
}

export function makeDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'concordat-warden-'))
}

/** The wardens that this process has started and that still run. */
export function wardens(): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === process.pid && args.join(' ').includes('warden-process.ts'))
    .map(([pid]) => Number(pid))
}

/** Tells the test what there is, as one line of JSON. */
export function say(value: unknown): void {
  console.log(JSON.stringify(value))
}

export function stayAlive(): void {
  setInterval(() => {}, 1_000_000)
}
