import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Ran } from '#harness/testing/run.ts'

/** Runs a program to its end; where there is no such program, its code is null. */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  options: { cwd: string; env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const ended = once(child, 'close') as Promise<[number | null]>
  const failed = once(child, 'error').then(([error]) => ({ code: null, output: String(error) }))
  return Promise.race([ended.then(([code]) => ({ code, output })), failed])
}
