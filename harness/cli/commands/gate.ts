import { runGate } from '#harness/gate/run-gate.ts'
import { stageProgress } from '#harness/gate/stage-progress.ts'
import type { Failure } from '#harness/gate/test-failures.ts'
import type { Verdict } from '#harness/gate/verdict.ts'
import { scopeData, scopeLines } from '#harness/report/scope-lines.ts'
import { annotations } from '#harness/report/github/annotations.ts'
import { verdictLines } from '#harness/report/verdict-lines.ts'
import { command, common, type Command } from '../command.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { durationOf } from '../mutate/duration.ts'
import { planReport, writeGateReport, type WrittenReport } from '../report/gate-report.ts'
import { githubOutput } from '../report/github-output.ts'

const exitCodeOf: Readonly<Record<Verdict['kind'], ExitCode>> = {
  green: exitCodes.ok,
  red: exitCodes.broken,
  'nothing verified': exitCodes.nothingVerified,
}

const defaultTime = '5m'

/** `concordat gate`: everything, and one verdict. */
export const gate: Command = command(
  {
    ...common,
    'max-workers': {
      type: 'string',
      valueHint: 'n',
      description: 'How many test files run at a time, as Jest has it: 4, 50%. One per core unless told.',
    },
    since: {
      type: 'string',
      valueHint: 'ref',
      description: 'Only what may be affected by what changed since this Git ref, as on a pull request: origin/main.',
    },
    mutate: { type: 'boolean', description: 'Also let the providers deviate in all small ways, as "mutate" does.' },
    time: { type: 'string', valueHint: 'time', description: `With --mutate: how long. Default: ${defaultTime}.` },
    report: {
      type: 'string',
      valueHint: 'folder',
      description: 'Where a report goes, as HTML, JSON, JUnit and Markdown. In CI always: .concordat/report.',
    },
    previous: {
      type: 'string',
      valueHint: 'report.json',
      description: 'The report of an earlier run, to say what changed. Unless told, the one that lies in the folder.',
    },
  },
  async ({
    system,
    since,
    verbose = false,
    json = false,
    'max-workers': maxWorkers,
    mutate,
    time,
    report,
    previous,
  }) => {
    if (time !== undefined && !mutate) throw new UsageError('--time is for --mutate. Leave it out, or mutate too.')
    const budgetMs = durationOf('--time', time ?? defaultTime)
    const plan = await planReport({ report, previous }, process.env)
    const output = githubOutput(process.env, (text) => void process.stdout.write(text))
    using interruption = listenForInterruption()
    try {
      const outcome = await runGate({
        system,
        since,
        verbose,
        maxWorkers,
        mutate: mutate ? { budgetMs } : undefined,
        interrupted: interruption.never,
        progress: stageProgress((line) => void process.stderr.write(`${line}\n`)),
      })
      const { scope, verdict, ledger } = outcome
      const written = plan && (await writeGateReport(outcome, plan, process.env))
      const commands = written ? annotations(written.report) : []
      if (json) output.end(commands)
      return {
        exitCode: exitCodeOf[verdict.kind],
        findings: verdict.findings,
        lines: output.around(
          [...scopeLines(scope), ...withReport(verdictLines(verdict, { verbose, ledger }), written)],
          commands,
        ),
        data: {
          verdict: verdict.kind,
          ...scopeData(scope),
          summary: verdict.summary,
          ledger,
          operations: verdict.table,
          failures: verdict.failures.map(failureData),
          ...(written && { report: { folder: written.folder, files: written.files } }),
        },
      }
    } catch (error) {
      output.end([])
      throw error
    }
  },
)

/** Says where the report is, above the verdict. */
function withReport(lines: readonly string[], written: WrittenReport | undefined): readonly string[] {
  if (!written) return lines
  const page = written.files.find((file) => file.endsWith('.html')) ?? written.folder
  return [...lines.slice(0, -1), `${'report'.padEnd(10)} ${page}`, ...lines.slice(-1)]
}

/** A failure without its findings, which the document has already. */
function failureData({ file, titles, message }: Failure): Omit<Failure, 'findings'> {
  return { file, titles, message }
}
