import { runGate } from '#harness/gate/run-gate.ts'
import { stageProgress } from '#harness/gate/stage-progress.ts'
import type { Failure } from '#harness/gate/test-failures.ts'
import type { Verdict } from '#harness/gate/verdict.ts'
import { scopeData, scopeLines } from '#harness/report/scope-lines.ts'
import { verdictLines } from '#harness/report/verdict-lines.ts'
import { command, common, type Command } from '../command.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { durationOf } from '../mutate/duration.ts'

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
  },
  async ({ system, since, verbose, 'max-workers': maxWorkers, mutate, time }) => {
    if (time !== undefined && !mutate) throw new UsageError('--time is for --mutate. Leave it out, or mutate too.')
    const budgetMs = durationOf('--time', time ?? defaultTime)
    using interruption = listenForInterruption()
    const { scope, verdict, ledger } = await runGate({
      system,
      since,
      verbose: verbose ?? false,
      maxWorkers,
      mutate: mutate ? { budgetMs } : undefined,
      interrupted: interruption.never,
      progress: stageProgress((line) => void process.stderr.write(`${line}\n`)),
    })
    return {
      exitCode: exitCodeOf[verdict.kind],
      findings: verdict.findings,
      lines: [...scopeLines(scope), ...verdictLines(verdict, { verbose: verbose ?? false, ledger })],
      data: {
        verdict: verdict.kind,
        ...scopeData(scope),
        summary: verdict.summary,
        ledger,
        operations: verdict.table,
        failures: verdict.failures.map(failureData),
      },
    }
  },
)

/** A failure without its findings, which the document has already. */
function failureData({ file, titles, message }: Failure): Omit<Failure, 'findings'> {
  return { file, titles, message }
}
