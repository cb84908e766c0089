import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** How a command ended, and what it printed. */
export type Ran = Readonly<{ code: number | null; output: string }>

/** Runs a Node program of a project to its end. */
export async function runNode(
  args: readonly string[],
  options: { cwd: string; env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const { NODE_OPTIONS: _own, JEST_WORKER_ID: _worker, ...inherited } = process.env
  const child = spawn(process.execPath, [...args], {
    cwd: options.cwd,
    env: { ...inherited, FORCE_COLOR: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

/** Runs Jest on a project. */
export function runJest(root: string, args: readonly string[]): Promise<Ran> {
  return runNode(['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...args], {
    cwd: root,
    env: { CONCORDAT_ROOT: root, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
  })
}
