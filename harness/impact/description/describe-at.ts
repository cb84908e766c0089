import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import type { CheckedOut } from './checked-out.ts'
import type { ProjectDescription } from './description.ts'

const describeProcess = fileURLToPath(new URL('describe-process.ts', import.meta.url))
/** Contracts declare values: one that takes this long hangs. */
const timeout = 60_000

/**
 * What the contracts of another commit mean, told by a process of its own, as modules of one path can be loaded once only.
 * @throws EnvironmentError where they cannot be loaded with the packages that are installed.
 */
export async function describeAt({ folder, root }: CheckedOut, ref: string): Promise<ProjectDescription> {
  const file = join(folder, 'description.json')
  const { NODE_OPTIONS: _ours, ...env } = process.env
  try {
    await promisify(execFile)(process.execPath, ['--no-warnings', describeProcess, file], {
      cwd: root,
      env: { ...env, CONCORDAT_ROOT: root },
      timeout,
    })
  } catch (error) {
    const { stderr = '', message = '' } = error as { stderr?: string; message?: string }
    const lines = (stderr || message)
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js /.test(line))
    const said = lines.slice(0, 8).join('\n')
    throw new EnvironmentError(
      `the contracts at ${ref} cannot be loaded: they are read with the packages that are installed now. Name a later ref.\n${said}`,
    )
  }
  return JSON.parse(await readFile(file, 'utf8')) as ProjectDescription
}
