import { Refusal } from '#harness/contract/error-shape.ts'

/** For what is not there, and for what is somebody else's: the two look the same. */
export function notFound(what: 'job' | 'todo' | 'result' | 'submission'): Refusal {
  return new Refusal(404, 'not_found', { message: `There is no such ${what}.` })
}

export function leaseLost(): Refusal {
  return new Refusal(409, 'lease_lost', { message: 'This claim is not, or no longer, yours.' })
}

export function conflict(message: string): Refusal {
  return new Refusal(409, 'conflict', { message })
}
