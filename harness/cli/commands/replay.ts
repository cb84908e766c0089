import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import { counted, stageProgress } from '#harness/gate/stage-progress.ts'
import { openTarget, type TargetChoice } from '#harness/pact/replay/open-target.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { paint } from '#harness/report/paint.ts'
import { checkReplayFlags, replayFlags } from '../broker/replay-flags.ts'
import { plansFor } from '../broker/replay-plans-for.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { checkEntry } from '../replay/entry-choice.ts'
import { findComponent, type Found } from '../replay/find-component.ts'
import type { Plan } from '../replay/plan.ts'
import { replayPlans, type Replayed } from '../replay/replay-plans.ts'
import { targetChoice, type TargetFlags } from '../replay/target-choice.ts'

/** `concordat replay`: the pacts of a component against a target, without Jest. */
export const replay: Command = command(
  {
    component: { type: 'positional', required: true, description: 'What is replayed: <system>/<component>.' },
    target: {
      type: 'string',
      required: true,
      valueHint: 'live|mock|compose|url',
      description: 'What it is replayed against.',
    },
    'states-url': {
      type: 'string',
      valueHint: 'url',
      description: "Where a target that is a URL sets up states (Pact's state-change URL).",
    },
    via: {
      type: 'string',
      valueHint: 'entry',
      description: 'With --target compose: through this entry of the system, with all that is behind it.',
    },
    only: {
      type: 'string',
      valueHint: 'description',
      description: 'Only interactions of this description, or with these words in it.',
    },
    timeout: { type: 'string', valueHint: 'ms', default: '5000', description: 'How long an answer may take.' },
    ...replayFlags,
    json: common.json,
    verbose: common.verbose,
  },
  async ({ component, target, 'states-url': statesUrl, via, only, timeout, verbose = false, ...flags }) => {
    const choice = targetChoice(target, { statesUrl, via })
    checkReplayFlags(flags, { target, only })
    const timeoutMs = milliseconds(timeout)
    const found = await findComponent(component)
    checkEntry(found, via)
    const { plans, findings, explained, keep } = await plansFor(found, { only, target, flags })
    const run: Run = { found, choice, plans, timeoutMs, rerun: rerunOf(component, target, { statesUrl, via }) }
    const { replayed, stores } = plans.length > 0 ? await replayAll(run) : { replayed: [], stores: [] }
    const kept = await keep(replayed)
    const all = [...findings, ...kept.counted.flatMap((one) => one.findings), ...kept.findings]
    return {
      exitCode: exitCodeOfFindings(all),
      findings: all,
      lines: [
        ...explained,
        ...linesOf(findings, kept.counted, verbose),
        ...kept.findings.map(describeFinding),
        ...kept.lines,
        countLine(`${component} on ${target}${via === undefined ? '' : ` via ${via}`}`, replayed),
      ],
      data: { component, target, stores, interactions: replayed.map(dataOf) },
    }
  },
)

type Run = Readonly<{
  found: Found
  choice: TargetChoice
  plans: readonly Plan[]
  timeoutMs: number
  rerun: (description: string) => string
}>

async function replayAll(run: Run): Promise<{ replayed: readonly Replayed[]; stores: readonly string[] }> {
  const { system, component, contract } = run.found
  const progress = stageProgress((line) => void process.stderr.write(`${line}\n`))
  using interruption = listenForInterruption()
  const started = progress.start('start', `${system.name}/${component}`)
  // What is still starting when somebody asks to stop is taken down by the warden, with this process.
  await using target = await Promise.race([openTarget(system, component, run.choice), interruption.never])
  await using verifier = await Promise.race([startVerifier(), interruption.never])
  started(target.baseUrl)
  const ended = progress.start('replay', run.plans.map(({ pact }) => pact.consumer.name).join(', '))
  const replayed = await Promise.race([replayPlans({ ...run, contract, target, verifier }), interruption.never])
  ended(counted(replayed.length, 'interaction'))
  return { replayed, stores: target.stores }
}

function rerunOf(component: string, target: string, flags: TargetFlags): (description: string) => string {
  const states = flags.statesUrl === undefined ? '' : ` --states-url ${flags.statesUrl}`
  const via = flags.via === undefined ? '' : ` --via ${flags.via}`
  return (description) =>
    `npm run concordat -- replay ${component} --target ${target}${via}${states} --only ${JSON.stringify(description)}`
}

function milliseconds(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new UsageError(`--timeout is "${text}", which is no number of milliseconds. Write one, as in 5000.`)
}

function linesOf(findings: readonly Finding[], replayed: readonly Replayed[], verbose: boolean): readonly string[] {
  const unreached = replayed[0]?.findings.find(({ code }) => code === 'target-unreachable')
  if (unreached) return [describeFinding({ ...unreached, interaction: `all ${replayed.length} interactions` })]
  const shown = replayed.flatMap(({ edge, interaction, explanation }) => {
    const title = `${edge} · ${interaction.description}`
    if (explanation !== undefined) return [`${paint('red', '✗')} ${title}`, explanation, '']
    return verbose ? [`${paint('green', '✓')} ${title}`] : []
  })
  return [...findings.map(describeFinding), ...shown]
}

function countLine(what: string, replayed: readonly Replayed[]): string {
  const reached = replayed.filter(({ findings }) => !findings.some(({ code }) => code === 'target-unreachable'))
  const wrong = reached.filter(({ explanation }) => explanation !== undefined).length
  return `${what}: ${reached.length} of ${replayed.length} interactions replayed, ${wrong} differ`
}

function dataOf({ edge, interaction, operation, findings }: Replayed): Readonly<Record<string, unknown>> {
  return { edge, description: interaction.description, operation, ok: findings.length === 0 }
}
