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
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  try {
    // In words that can be recognised, whatever the language of the user; and no ref that looks like a flag.
    const { stdout } = await run('git', args, { cwd: folder, maxBuffer, env: { ...process.env, LC_ALL: 'C' } })
    return stdout.replace(/\n$/, '')
  } catch (error) {
    const { stderr = '', message = '' } = error as { stderr?: string; message?: string }
    throw new GitFailed(args, (stderr || message).trim())
  }
}

/** The entries of a list that Git ends with NUL, so that names may hold anything. */
export function entriesOf(list: string): readonly string[] {
  return list.split('\0').filter((entry) => entry !== '')
}
