import { runGate } from '#harness/gate/run-gate.ts'
import { stageProgress } from '#harness/gate/stage-progress.ts'
import type { Verdict } from '#harness/gate/verdict.ts'
import { verdictLines } from '#harness/report/verdict-lines.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'

const exitCodeOf: Readonly<Record<Verdict['kind'], ExitCode>> = {
  green: exitCodes.ok,
  red: exitCodes.broken,
  'nothing verified': exitCodes.nothingVerified,
}

/** `concordat gate`: everything, and one verdict. */
export const gate: Command = command(
  {
    ...common,
    'max-workers': {
      type: 'string',
      valueHint: 'n',
      description: 'How many tests run at a time, as Jest has it: 4, 50%.',
    },
  },
  async ({ system, verbose, 'max-workers': maxWorkers }) => {
    using interruption = listenForInterruption()
    const verdict = await runGate({
      system,
      verbose: verbose ?? false,
      maxWorkers,
      interrupted: interruption.never,
      progress: stageProgress((line) => void process.stderr.write(`${line}\n`)),
    })
    return {
      exitCode: exitCodeOf[verdict.kind],
      findings: verdict.findings,
      lines: verdictLines(verdict),
      data: { verdict: verdict.kind, summary: verdict.summary },
    }
  },
)
