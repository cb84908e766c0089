import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What a git command printed, without the last line's end; undefined where it failed or there is no git. */
export async function git(folder: string, args: readonly string[]): Promise<string | undefined> {
  const child = spawn('git', [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const failed = once(child, 'error').then(() => 1)
  const closed = once(child, 'close').then(([code]) => code as number | null)
  const code = await Promise.race([failed, closed])
  return code === 0 ? output.replace(/\n$/, '') : undefined
}
