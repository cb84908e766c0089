import type { Finding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { byProvider, mutateProviders } from '#harness/mutation/mutate-provider.ts'
import type { MutationResult } from '#harness/project/results.ts'
import type { GateRun } from './gate-run.ts'

/** The same order each time, so that the same commit gives the same score. */
const seed = 1

type Options = Pick<GateRun, 'progress' | 'interrupted'> &
  Readonly<{ mutate: Readonly<{ budgetMs: number }> | undefined }>

type Mutated = Readonly<{ results: readonly MutationResult[]; findings: readonly Finding[] }>

/** Tries mutants on the live services of all edges, where it is asked for. `env` says where the stores of the run are. */
export async function mutateStage(
  { progress, interrupted, mutate }: Options,
  systems: readonly System[],
  env: Readonly<Record<string, string>>,
): Promise<Mutated> {
  if (mutate === undefined) return { results: [], findings: [] }
  // This process starts the targets itself: they take the stores of the run as those of its tests do.
  Object.assign(process.env, env)
  try {
    const end = progress.start('mutate', 'live services')
    const { edges, findings } = await mutateProviders(systems.flatMap(byProvider), {
      target: 'live',
      budgetMs: mutate.budgetMs,
      seed,
      interrupted,
      started: (edge) => {
        progress.line(`  ${edge}`)
        return () => undefined
      },
    })
    const results = edges.map(({ result }) => result)
    const tried = results.reduce((sum, result) => sum + result.tried, 0)
    end(`${tried} mutants of ${results.reduce((sum, { of }) => sum + of, 0)}`)
    return { results, findings }
  } finally {
    for (const name of Object.keys(env)) delete process.env[name]
  }
}
