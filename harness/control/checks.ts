import { Refusal, type FailureDetail } from '#harness/contract/error-shape.ts'
import { edgeName, servedComponents, type Edge } from '#harness/contract/system.ts'
import { armFaults } from '#harness/fault/hooks-of.ts'
import type { EdgeFault } from '#harness/scenario/edge-faults.ts'
import type { StackComponent } from '#harness/scenario/stack.ts'
import type { Controlled } from './controlled.ts'

/**
 * The component of a stack.
 * @throws Refusal 404 that names those there are.
 */
export function componentOf({ stack, system }: Controlled, name: string): StackComponent {
  const names = servedComponents(system())
  if (!names.includes(name)) throw unknown('component', name, names)
  return stack.component(name)
}

/**
 * An edge of a stack, as its traffic is told apart.
 * @throws Refusal 404 that names those there are.
 */
export function edgeOf({ stack }: Controlled, { consumer, provider }: Edge): Edge {
  const edges = stack.edges().map(({ edge }) => edge)
  const found = edges.find((edge) => edge.consumer === consumer && edge.provider === provider)
  if (!found) throw unknown('edge', edgeName({ consumer, provider }), edges.map(edgeName))
  return found
}

type StateWanted = Readonly<{ component: string; state: string; params: unknown }>

/**
 * Makes sure that a component has a state, and that the state takes these parameters.
 * @throws Refusal 404, 409 for a component that takes no states, 422 with the fields.
 */
export function checkState(controlled: Controlled, { component: name, state, params }: StateWanted): void {
  const { kind } = componentOf(controlled, name)
  const definitions = controlled.system().components[name]?.contract?.stateDefinitions ?? {}
  const definition = definitions[state]
  if (!definition) throw unknown('state', state, Object.keys(definitions))
  if (kind === 'url')
    throw notPossible(`Somebody else runs ${name}: its states cannot be set up here. Swap it for its mock first.`)
  const parsed = definition.params.safeParse(params)
  if (parsed.success) return
  throw invalid(
    parsed.error.issues.map(({ path, message }) => ({ field: ['body', ...path.map(String)].join('.'), message })),
  )
}

/**
 * Makes sure that faults can meet what they are set on.
 * @throws Refusal 422 with the fields.
 */
export function checkFaults({ system }: Controlled, { provider }: Edge, faults: readonly EdgeFault[]): void {
  const contract = system().components[provider]?.contract
  const mistakes = faults.flatMap(({ fault, operation }, index): FailureDetail[] => {
    try {
      armFaults([fault], contract, { operation })
      return []
    } catch (error) {
      return [{ field: `body.faults.${index}.operation`, message: messageOf(error) }]
    }
  })
  if (mistakes.length > 0) throw invalid(mistakes)
}

/**
 * Does what may not be possible as things are.
 * @throws Refusal 409 with the reason.
 */
export async function possible<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw notPossible(messageOf(error))
  }
}

function notPossible(message: string): Refusal {
  return new Refusal(409, 'not_possible', { message })
}

function unknown(what: 'component' | 'edge' | 'state', name: string, known: readonly string[]): Refusal {
  const there = known.length === 0 ? 'There is none.' : `Name one of ${known.join(', ')}.`
  return new Refusal(404, `unknown_${what}`, { message: `There is no ${what} "${name}" here. ${there}` })
}

function invalid(details: readonly FailureDetail[]): Refusal {
  const message = `Not valid: ${details.map(({ field }) => field).join(', ')}.`
  return new Refusal(422, 'validation_error', { message, details })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
