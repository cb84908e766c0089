import { EnvironmentError } from '../environment-error.ts'
import type { Rung, StoreRecipe } from './rung.ts'
import { STORE_MODES, runningStore } from './store.ts'
import type { RunningStore, StoreMode } from './store.ts'

const VARIABLE = 'CONCORDAT_STORES'
const FORCIBLE = STORE_MODES.filter((mode) => mode !== 'environment')

/**
 * Gets a store in the first way that this machine offers. CONCORDAT_STORES=containers|binaries|embedded forces one way,
 * and then neither the URL in the environment nor another way counts.
 * @throws EnvironmentError when no way is left, or CONCORDAT_STORES names none
 */
export async function climb(recipe: StoreRecipe, env: NodeJS.ProcessEnv): Promise<RunningStore> {
  const forced = forcedMode(env)
  const rungs = forced === undefined ? recipe.rungs : recipe.rungs.filter(({ mode }) => mode === forced)
  const passedOver: string[] = []
  const reasons: string[] = []
  for (const rung of rungs) {
    const outcome = await rung.start(env)
    if (outcome.kind === 'started') return withNotice(outcome.store, passedOver)
    reasons.push(`${rung.mode}: ${outcome.reason}`)
    if (outcome.kind === 'unavailable') passedOver.push(`no ${rung.mode}: ${firstLine(outcome.reason)}`)
  }
  throw nothingLeft(recipe, forced, reasons)
}

function forcedMode(env: NodeJS.ProcessEnv): Rung['mode'] | undefined {
  const value = env[VARIABLE]
  if (value === undefined || value === '') return undefined
  const mode = FORCIBLE.find((known) => known === value)
  if (mode !== undefined) return mode
  throw new EnvironmentError(
    `Cannot choose stores: ${VARIABLE} is "${value}", which is no way to get one. Set it to ${FORCIBLE.join(', ')}, or unset it.`,
  )
}

/** The run says not only what it used but also what it could not use. */
function withNotice(store: RunningStore, passedOver: readonly string[]): RunningStore {
  if (passedOver.length === 0) return store
  return runningStore({ ...store, description: `${store.description} (${passedOver.join('; ')})` })
}

function nothingLeft(recipe: StoreRecipe, forced: StoreMode | undefined, reasons: readonly string[]): EnvironmentError {
  const variable = `CONCORDAT_${recipe.kind.toUpperCase()}_URL`
  const advice =
    forced === undefined
      ? `Start Docker, install the server, or set ${variable} to one that runs.`
      : `Make that work, or unset ${VARIABLE} to use what there is.`
  const why = reasons.length === 0 ? `there is no such way to get one` : reasons.join('\n  - ')
  const which = forced === undefined ? '' : ` with ${VARIABLE}=${forced}`
  return new EnvironmentError(`Cannot get a ${recipe.title} server${which}:\n  - ${why}\n${advice}`)
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/\.$/, '')
}
