import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { describeFinding } from '#harness/contract/finding.ts'
import { checkEnvironment } from '#harness/environment/check-environment.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'

/** `concordat env check`: an env file against the environment contract of a system. */
export const envCheck: Command = command(
  {
    system: { type: 'positional', required: true, description: 'The system whose components read the file.' },
    'env-file': {
      type: 'string',
      required: true,
      valueHint: 'file',
      description: 'The file: NAME=value, line by line.',
    },
    json: common.json,
    verbose: common.verbose,
  },
  async ({ system: name, 'env-file': file }) => {
    const system = await loadSystem(name)
    const findings = checkEnvironment(system, parseEnv(await readEnvFile(file)))
    const variables = new Set(Object.values(system.components).flatMap(({ environment }) => Object.keys(environment)))
    const counts = `${variables.size} variables, ${system.agreements.length} agreements`
    return {
      exitCode: exitCodeOfFindings(findings),
      findings,
      lines: findings.length === 0 ? [`${file}: ${counts}, all well.`] : findings.map(describeFinding),
      data: { system: name, file, variables: variables.size, agreements: system.agreements.length },
    }
  },
)

async function readEnvFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Give a file with --env-file.`,
    )
  }
}
