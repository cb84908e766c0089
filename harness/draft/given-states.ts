import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { StateUse } from '#harness/contract/state.ts'
import { sessionHeader } from '#harness/mock/headers/names.ts'
import { isInHeader } from '#harness/pact/record/expected-credential.ts'
import type { InteractionCredential } from '#harness/pact/record/interaction.ts'
import { schemeOf, type Carrier } from '#harness/contract/security.ts'
import { headerOf } from './call-facts.ts'
import { withPlaceholders } from './placeholders.ts'
import type { SeenCall } from './seen-call.ts'

/** What has to be so before a call, and the credential that it brings. */
export type Given = Readonly<{
  states: readonly StateUse[]
  /** States of which one has to be so as well, as the call brings a credential: which of them, nobody knows. */
  choice: readonly string[]
  credential: InteractionCredential | undefined
  /** How the contract's own client has to bring it. */
  carrier: Carrier | undefined
}>

/** What is known of the states before a call: those that were set up before it. Nothing is guessed beyond that. */
export function givenFor(contract: AnyContract, operation: Operation, call: SeenCall): Given {
  const states = statesOf(contract, call)
  const { auth } = operation.spec
  if (!auth) return { states, choice: [], credential: undefined, carrier: undefined }
  const provides = (state: string): boolean => auth.value in (contract.stateDefinitions[state]?.provides ?? {})
  const isProvided = states.some(({ name }) => provides(name))
  const carrier = auth.carriers.find((candidate) => isBrought(candidate, call))
  if (!carrier) return { states, choice: [], credential: isProvided ? 'none' : undefined, carrier }
  const choice = isProvided ? [] : Object.keys(contract.stateDefinitions).filter(provides)
  const isUsual = carrier === auth.carriers[0]
  return { states, choice, credential: isUsual ? undefined : carrier.kind, carrier }
}

function statesOf(contract: AnyContract, { established, request }: SeenCall): readonly StateUse[] {
  const uses = new Map<string, StateUse>()
  const ofCall = headerOf(request.headers, sessionHeader)
  for (const { state, params, session } of established) {
    const definition = contract.stateDefinitions[state]
    if (!definition || session !== ofCall) continue
    const use = { name: state, params: withPlaceholders(params, definition.params) as StateUse['params'] }
    uses.set(JSON.stringify(use), use)
  }
  return [...uses.values()]
}

function isBrought(carrier: Carrier, { request: { headers } }: SeenCall): boolean {
  if (!isInHeader(carrier)) {
    const pairs = (headerOf(headers, 'cookie') ?? '').split(';')
    return pairs.some((pair) => pair.trim().startsWith(`${carrier.name}=`))
  }
  const [scheme = ''] = (headerOf(headers, 'authorization') ?? '').split(' ')
  if (scheme.toLowerCase() === schemeOf(carrier).toLowerCase()) return true
  return carrier.kind === 'bearer' && (headerOf(headers, 'sec-websocket-protocol') ?? '').includes('bearer.')
}
