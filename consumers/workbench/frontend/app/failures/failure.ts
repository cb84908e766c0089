import {
  CallError,
  ConnectionError,
  ContractViolation,
  ReplyError,
  StreamBroken,
  TimeoutError,
} from '#harness/client/errors.ts'
import { refusalOf, type Refusal } from '../../refusal.ts'

/** Why something did not work, in the kinds that a page treats differently. */
export type Failure =
  | Refusal
  | Readonly<{
      kind: 'unavailable' | 'unreachable' | 'timed-out' | 'broken-off' | 'misunderstood' | 'unexpected'
      /** To be quoted in reports. */
      requestId: string | undefined
    }>

/** What came before the provider or instead of it. */
const passingStatuses: readonly number[] = [502, 503, 504]

/** The failure in what was thrown. */
export function failureOf(thrown: unknown): Failure {
  const requestId = thrown instanceof CallError ? thrown.requestId : undefined
  if (thrown instanceof ReplyError && passingStatuses.includes(thrown.status)) return { kind: 'unavailable', requestId }
  return refusalOf(thrown) ?? { kind: kindOf(thrown), requestId }
}

function kindOf(thrown: unknown): 'unreachable' | 'timed-out' | 'broken-off' | 'misunderstood' | 'unexpected' {
  if (thrown instanceof ConnectionError) return 'unreachable'
  if (thrown instanceof TimeoutError) return 'timed-out'
  if (thrown instanceof StreamBroken) return 'broken-off'
  if (thrown instanceof ContractViolation) return 'misunderstood'
  return 'unexpected'
}

/** Whether the same may work in a moment. */
export function isPassing({ kind }: Failure): boolean {
  return ['unavailable', 'unreachable', 'timed-out', 'broken-off'].includes(kind)
}

/** What to say of a failure that says nothing by itself. */
const texts = {
  'not-found': 'This is not there any more, or was never yours.',
  'too-many-attempts': 'Too many attempts.',
  unavailable: 'The server is not available at the moment.',
  unreachable: 'The server cannot be reached.',
  'timed-out': 'The server did not answer in time.',
  'broken-off': 'The connection broke off.',
  misunderstood: 'The server answered something that this page does not understand.',
  unexpected: 'Something went wrong on this page.',
} as const

/** A failure for people: what happened, in a sentence or two. */
export function textOf(failure: Failure): string {
  switch (failure.kind) {
    case 'unauthorized':
    case 'refused':
      return failure.message
    case 'invalid':
      return failure.fields.length === 0 ? failure.message : 'Something has to be corrected first.'
    default:
      return texts[failure.kind]
  }
}
