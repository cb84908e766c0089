import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import { stageProgress } from '#harness/gate/stage-progress.ts'
import type { MutatedEdge } from '#harness/mutation/mutate-edge.ts'
import { mutateProviders } from '#harness/mutation/mutate-provider.ts'
import { mutantTitle } from '#harness/mutation/mutant.ts'
import { mutationFindings } from '#harness/mutation/mutation-findings.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { mutationTable, mutationWords, unprovenLines } from '#harness/report/mutation-lines.ts'
import { paint } from '#harness/report/paint.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { chooseEdges } from '../mutate/choose-edges.ts'
import { durationOf } from '../mutate/duration.ts'

/** `concordat mutate`: small deviations of a provider, and which of them the pacts with it notice. */
export const mutate: Command = command(
  {
    what: {
      type: 'positional',
      required: false,
      description: 'An edge (frontend--backend) or a component with all edges that end there (workbench/backend).',
    },
    ...common,
    target: {
      type: 'string',
      valueHint: 'live|mock',
      default: 'live',
      description: 'What the deviations are put in front of.',
    },
    time: {
      type: 'string',
      valueHint: 'time',
      description:
        'How long mutants are tried, as in 60s or 2m: then it says how many of how many. Without it all are.',
    },
    seed: { type: 'string', valueHint: 'n', default: '1', description: 'Another number tries them in another order.' },
    only: { type: 'string', valueHint: 'text', description: 'Only mutants with these words in their title.' },
  },
  async ({ what, system, target, time, seed, only, verbose = false }) => {
    const providers = await chooseEdges(what, system)
    const progress = stageProgress((line) => void process.stderr.write(`${line}\n`))
    using interruption = listenForInterruption()
    const { edges, findings } = await mutateProviders(providers, {
      target: targetOf(target),
      budgetMs: time === undefined ? Number.POSITIVE_INFINITY : durationOf('--time', time),
      seed: seedOf(seed),
      only,
      interrupted: interruption.never,
      started(edge) {
        const ended = progress.start('mutate', edge)
        return (result) => ended(`${edge}: ${mutationWords(result)}`)
      },
    })
    const results = edges.map(({ result }) => result)
    const all = [...findings, ...mutationFindings(results)]
    return {
      exitCode: exitCodeOfFindings(all),
      findings: all,
      lines: [...findingLines(all), ...edges.flatMap((edge) => edgeLines(edge, verbose)), ...mutationTable(results)],
      data: { edges: results },
    }
  },
)

function targetOf(text: string): 'live' | 'mock' {
  if (text === 'live' || text === 'mock') return text
  throw new UsageError(`--target is "${text}". Write live or mock.`)
}

function seedOf(text: string): number {
  const seed = Number(text)
  if (Number.isInteger(seed)) return seed
  throw new UsageError(`--seed is "${text}", which is no whole number. Write one, as in 7.`)
}

function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings.flatMap((finding) => {
    const text = describeFinding(finding)
    return [finding.severity === 'error' ? text : `${paint('yellow', 'warning')} ${text}`, '']
  })
}

function edgeLines({ result, outcomes }: MutatedEdge, verbose: boolean): readonly string[] {
  const tried = verbose ? outcomes.map(({ mutant, kind }) => `${kind.padEnd(9)} ${mutantTitle(mutant)}`) : []
  const unproven = unprovenLines(result, { verbose })
  return [...tried, ...unproven, ...(tried.length + unproven.length > 0 ? [''] : [])]
}
