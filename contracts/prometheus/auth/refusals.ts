import { Refusal } from '#harness/contract/error-shape.ts'
import type { SignatureProblem } from './request-signature.ts'
import type { TokenProblem } from './tokens.ts'

/** Why a credential is not taken. */
export type CredentialProblem = SignatureProblem | TokenProblem | 'signature_replayed' | 'key_unknown'

const messages: Readonly<Record<CredentialProblem, string>> = {
  signature_malformed: 'The signature cannot be read.',
  signature_expired: 'The request was signed too long ago, or the clocks differ.',
  signature_invalid: 'The signature does not belong to this request.',
  signature_replayed: 'This request was made before.',
  key_unknown: 'No node has this key.',
  token_malformed: 'The token cannot be read.',
  token_expired: 'The token is over.',
  token_invalid: 'The token is not good here.',
}

/** The refusal of a credential: 401 with the problem as its code. */
export function refuseCredential(problem: CredentialProblem): Refusal {
  return new Refusal(401, problem, { message: messages[problem] })
}

/** The refusal of a caller who is known and may not do this: 403. */
export function refuseRole(message: string): Refusal {
  return new Refusal(403, 'forbidden', { message })
}
