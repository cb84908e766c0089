import type { System } from '#harness/contract/system.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Choice, StateChoice } from './choices.ts'

/**
 * Refuses states that no component of this stack has, and parameters that a state does not take: before anything is started.
 * @throws UsageError
 */
export function checkStates(system: System, choices: readonly Choice[], states: readonly StateChoice[]): void {
  const definitions = choices
    .filter(({ kind }) => kind !== 'url')
    .flatMap(({ component }) => Object.entries(system.components[component]?.contract?.stateDefinitions ?? {}))
  for (const { state, params } of states) {
    const candidates = definitions.filter(([name]) => name === state)
    const names = definitions.map(([name]) => name)
    if (candidates.length === 0)
      throw new UsageError(
        `--state: no component has a state "${state}".${didYouMean(state, names)} There are ${names.join(', ')}.`,
      )
    for (const [, { params: schema }] of candidates) {
      const parsed = schema.safeParse(params)
      if (parsed.success) continue
      const issues = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
      throw new UsageError(`--state ${state}: ${issues.join('; ')}. Correct its parameters.`)
    }
  }
}

/** The states that a component's contract has. */
export function statesOf(system: System, component: string, states: readonly StateChoice[]): readonly StateChoice[] {
  const definitions = system.components[component]?.contract?.stateDefinitions ?? {}
  return states.filter(({ state }) => state in definitions)
}
