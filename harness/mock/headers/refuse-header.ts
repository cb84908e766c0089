import { Refusal } from '#harness/contract/error-shape.ts'

/**
 * What a mock answers where it cannot do what a header asks for. The status is one of a mistake of the caller; it need not
 * be declared, as no provider answers it.
 */
export function refuseHeader(header: string, value: string, why: string): Refusal {
  return new Refusal(400, 'not_possible_on_mock', { message: `${header}: ${value}: ${why}` })
}
