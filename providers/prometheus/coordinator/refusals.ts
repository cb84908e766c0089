import { Refusal } from '#harness/contract/error-shape.ts'
import type { ClaimKind } from './claims/claim-row.ts'

/** The refusal of a claim that does not hold. */
export function leaseLost(): Refusal {
  return new Refusal(409, 'lease_lost', { message: 'The claim does not hold, or not any more.' })
}

/** The refusal of a claim that holds and is for something else. */
export function wrongKind(kind: ClaimKind): Refusal {
  return new Refusal(409, 'wrong_kind', { message: `This cannot be done under a claim of kind "${kind}".` })
}

/** The refusal of another content under the same claim. */
export function conflict(): Refusal {
  return new Refusal(409, 'conflict', { message: 'This was done under the same claim with another content.' })
}

/** The refusal of what belongs to somebody else or is not there: the two look the same. */
export function notFound(what: string): Refusal {
  return new Refusal(404, 'not_found', { message: `There is no such ${what}.` })
}
