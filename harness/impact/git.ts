import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Lists of files may be long. */
const maxBuffer = 64 * 1024 * 1024

/** Git refused: `said` is what it printed. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed'
  readonly said: string

  constructor(args: readonly string[], said: string) {
    super(`git ${args.join(' ')} failed: ${said}`)
    this.said = said
  }
}

/**
 * Runs Git in a folder and gives what it printed, without the line's end.
 * @throws GitFailed where it refuses, or is not there.
 */
export function git(folder: string, ...args: readonly string[]): Promise<string> {
  return gitWith({}, folder, args)
}

/** The same with further variables. */
export async function gitWith(
  env: Readonly<Record<string, string>>,
  folder: string,
  args: readonly string[],
): Promise<string> {
  try {
    // In words that can be recognised, whatever the language of the user.
    const options = { cwd: folder, maxBuffer, env: { ...process.env, ...env, LC_ALL: 'C' } }
    return (await run('git', args, options)).stdout.replace(/\n$/, '')
  } catch (error) {
    const { stderr = '', message = '' } = error as { stderr?: string; message?: string }
    throw new GitFailed(args, (stderr || message).trim())
  }
}

/** The entries of a list that Git ends with NUL, so that names may hold anything. */
export function entriesOf(list: string): readonly string[] {
  return list.split('\0').filter((entry) => entry !== '')
}
