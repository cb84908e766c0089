import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const harness = fileURLToPath(new URL('../..', import.meta.url))

/** The command line of this project as a process of its own. */
export function concordatCommand(args: readonly string[]): Readonly<{ command: string; args: readonly string[] }> {
  return {
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', '--', join(harness, 'cli', 'main.ts'), ...args],
  }
}
