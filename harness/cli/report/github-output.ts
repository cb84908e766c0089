import { randomUUID } from 'node:crypto'

/** Output within a step of GitHub Actions, whose runner takes lines that begin with `::` for commands. */
export type GitHubOutput = Readonly<{
  /** The lines of a command, after which these commands of ours follow. */
  around: (lines: readonly string[], commands: readonly string[]) => readonly string[]
  /** Lets the runner take commands again where there are no lines to come. */
  end: (commands: readonly string[]) => void
}>

/**
 * Keeps the runner from taking what tests and services print for commands, from now on until our own come. Elsewhere than
 * on GitHub, lines stay as they are and there are no commands.
 */
export function githubOutput(env: NodeJS.ProcessEnv, write: (text: string) => void): GitHubOutput {
  if (env['GITHUB_ACTIONS'] !== 'true') return { around: (lines) => lines, end: () => undefined }
  const token = randomUUID()
  write(`::stop-commands::${token}\n`)
  return {
    around: (lines, commands) => [...lines, `::${token}::`, ...commands],
    end: (commands) => write(`${[`::${token}::`, ...commands].join('\n')}\n`),
  }
}
