import type { AnyContract } from '#harness/contract/contract.ts'
import { credentialHeader, schemeOf, type Carrier } from '#harness/contract/security.ts'
import { signWith } from '../file/sign-with.ts'
import type { ExpectedHeader } from './expected-request.ts'
import type { AnyInteraction } from './interaction.ts'

/** The text that stands for a secret in a pact. */
export const placeholder = 'placeholder'

/** A credential under the scheme word that it is sent with; cookies have none. */
type Presented =
  | Readonly<{ carrier: Extract<Carrier, { kind: 'cookie' }> }>
  | Readonly<{ carrier: HeaderCarrier; scheme: string }>

/** A carrier in the Authorization header. */
export type HeaderCarrier = Exclude<Carrier, { kind: 'cookie' }>

/**
 * The header that the call's credential travels in; none where no state provides its value. It is matched by shape, as a
 * real credential is never in a pact, and filled at replay: by the state's value, or by a signature made with it.
 * @throws TypeError where the interaction names a credential and no state provides it.
 */
export function expectedCredential(
  contract: AnyContract,
  interaction: AnyInteraction,
): [name: string, header: ExpectedHeader] | undefined {
  const { auth } = interaction.call.operation.spec
  const wanted = interaction.credential
  if (!auth || wanted === 'none') return undefined
  const isProvided = (interaction.given ?? []).some(
    (use) => auth.value in (contract.stateDefinitions[use.name]?.provides ?? {}),
  )
  if (!isProvided && wanted === undefined) return undefined
  const presented = presentedBy(auth.carriers, wanted)
  if (!isProvided || !presented) {
    throw new TypeError(
      `${interaction.call.name}: no state provides "${auth.value}" for the credential. Add one to "given".`,
    )
  }
  return headerOf(presented, `\${${auth.value}}`)
}

function presentedBy(carriers: readonly Carrier[], wanted: AnyInteraction['credential']): Presented | undefined {
  const carrier = carriers.find((candidate) =>
    typeof wanted === 'object' ? isInHeader(candidate) : wanted === undefined || candidate.kind === wanted,
  )
  if (!carrier || !isInHeader(carrier)) return carrier && { carrier }
  return { carrier, scheme: typeof wanted === 'object' ? wanted.scheme : schemeOf(carrier) }
}

/** Whether a carrier is in the Authorization header, and so has a scheme word. */
export function isInHeader(carrier: Carrier): carrier is HeaderCarrier {
  return carrier.kind !== 'cookie'
}

function headerOf(presented: Presented, expression: string): [name: string, header: ExpectedHeader] {
  if (!('scheme' in presented)) {
    const { carrier } = presented
    const [name, value] = credentialHeader(carrier, placeholder)
    const pattern = `^(.*; *)?${carrier.name}=[^;]+.*$`
    return [name, { value, pattern, expression: credentialHeader(carrier, expression)[1] }]
  }
  const { carrier, scheme } = presented
  const header: ExpectedHeader = {
    value: `${scheme} ${placeholder}`,
    pattern: `^${schemePattern(scheme)} +${credentialPattern(carrier)}$`,
    expression: `${scheme} ${carrier.kind === 'signature' ? signWith : ''}${expression}`,
  }
  return ['authorization', header]
}

function credentialPattern(carrier: HeaderCarrier): string {
  return carrier.kind === 'signature' ? `(?:${carrier.pattern}|${placeholder})` : String.raw`\S+`
}

/** As clients write it, with a capital or without: Pact's regular expressions have no flag that JavaScript's have too. */
function schemePattern(scheme: string): string {
  const [first = '', ...rest] = scheme
  const either =
    first.toUpperCase() === first.toLowerCase() ? escaped(first) : `[${first.toUpperCase()}${first.toLowerCase()}]`
  return either + escaped(rest.join(''))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^$|]/g, String.raw`\$&`)
}
