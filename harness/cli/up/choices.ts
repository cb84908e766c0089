import { jsonOr } from '#harness/contract/json.ts'
import { servedComponents, type System } from '#harness/contract/system.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'

/** How one component runs. */
export type Choice =
  | Readonly<{ component: string; kind: 'mock' | 'live' }>
  | Readonly<{ component: string; kind: 'url'; url: string }>

/** A state to set up, with its parameters. */
export type StateChoice = Readonly<{ state: string; params: Readonly<Record<string, unknown>> }>

/**
 * How each component of a system that promises something runs, in start order: as a mock, unless `--live component` or
 * `--live component=url` names it.
 * @throws UsageError for a component that there is not, or a URL that is none.
 */
export function choicesOf(system: System, live: readonly string[]): readonly Choice[] {
  const promising = servedComponents(system)
  if (promising.length === 0)
    throw new UsageError(`no component of ${system.name} has a contract: there is nothing to start.`)
  const named = new Map(live.map((text) => readLive(text, promising)).map((choice) => [choice.component, choice]))
  return promising.map((component) => named.get(component) ?? { component, kind: 'mock' })
}

function readLive(text: string, promising: readonly string[]): Choice {
  const [component = '', ...rest] = text.split('=')
  if (!promising.includes(component))
    throw new UsageError(
      `--live names "${component}", which is no component with a contract.${didYouMean(component, promising)} Name one of ${promising.join(', ')}.`,
    )
  if (rest.length === 0) return { component, kind: 'live' }
  const url = rest.join('=')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError(`--live ${text}: "${url}" is no URL. Write ${component}=http://127.0.0.1:4512.`)
  return { component, kind: 'url', url }
}

/**
 * Reads `name:{json}`, or `name` alone for a state without parameters.
 * @throws UsageError where the parameters are no JSON object.
 */
export function readState(text: string): StateChoice {
  const [, state = '', json] = /^([^:]+)(?::(.*))?$/s.exec(text) ?? []
  const params = json === undefined ? {} : jsonOr(json, undefined)
  if (state !== '' && typeof params === 'object' && params !== null && !Array.isArray(params))
    return { state, params: params as Readonly<Record<string, unknown>> }
  throw new UsageError(
    `--state '${text}' cannot be read. Write name:{"key":"value"}, as in signedIn:{"email":"a@b.c"}.`,
  )
}
