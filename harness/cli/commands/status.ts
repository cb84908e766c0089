import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { projectRoot } from '#harness/project/paths.ts'
import { systemNames } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import type { Report } from '#harness/report/data/report.ts'
import { describeRun } from '#harness/report/data/run.ts'
import { InvalidReport, readReport } from '#harness/report/read-report.ts'
import { statusLines } from '#harness/report/status/status-lines.ts'
import { systemStatus } from '#harness/report/status/system-status.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { defaultReportFolder } from '../report/gate-report.ts'

/** `concordat status`: the integration status of each system, as the last gate that wrote a report found it. */
export const status: Command = command(
  {
    system: common.system,
    report: {
      type: 'string',
      valueHint: 'report.json',
      description: 'The evidence. Default: .concordat/report/report.json.',
    },
    json: common.json,
  },
  async ({ system, report }): Promise<CommandResult> => {
    const names = await namesOf(system)
    const file = report === undefined ? join(defaultReportFolder(), 'report.json') : resolve(report)
    if (report === undefined && !existsSync(file)) return withoutEvidence(names, file)
    const evidence = await readReport(file).catch((error: unknown) => {
      throw error instanceof InvalidReport ? new UsageError(`concordat status: ${error.message}`) : error
    })
    return statusOf(names, evidence, file)
  },
)

async function namesOf(only: string | undefined): Promise<readonly string[]> {
  const names = await systemNames()
  if (only === undefined) return names
  if (names.includes(only)) return [only]
  throw new UsageError(`there is no system "${only}": contracts/ has ${names.join(', ')}. Name one of them.`)
}

const advice = 'Run "npm run gate -- --report .concordat/report".'

function withoutEvidence(names: readonly string[], file: string): CommandResult {
  const lines = [`Nothing is known of ${names.join(' and ')}: there is no ${relative(projectRoot, file)}. ${advice}`]
  return { exitCode: exitCodes.nothingVerified, findings: [], lines, data: { systems: [], unknown: names } }
}

async function statusOf(names: readonly string[], report: Report, file: string): Promise<CommandResult> {
  const found = names.map((name) => ({ name, known: systemStatus(report, name) }))
  const systems = found.flatMap(({ known }) => (known ? [known] : []))
  const unknown = found.flatMap(({ name, known }) => (known ? [] : [name]))
  const lines = [
    `# ${await originOf(report)}`,
    ...systems.flatMap(statusLines),
    ...unknown.map((name) => `# Nothing is known of ${name}: the report is not about it. ${advice}`),
  ]
  return {
    exitCode: unknown.length > 0 ? exitCodes.nothingVerified : exitCodes.ok,
    findings: [],
    lines,
    data: {
      report: relative(projectRoot, file),
      at: report.run.at,
      systems: systems.map(({ system, status: integration, because }) => ({
        system,
        integration_status: integration,
        because,
      })),
      unknown,
    },
  }
}

/** Which gate the evidence is of, and whether that was another commit. */
async function originOf({ run, verdict }: Report): Promise<string> {
  const { commit } = await describeRun(projectRoot, [])
  const of = run.commit === undefined ? '' : ` at ${run.commit.slice(0, 10)}`
  const isOld = run.commit !== undefined && commit !== undefined && run.commit !== commit
  return `From the gate of ${run.at}${of}: ${verdict}.${isOld ? ` This is ${commit.slice(0, 10)}.` : ''}`
}
