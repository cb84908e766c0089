import type { ExchangeSummary } from '#harness/control/types.ts'

/** How an exchange ended for its consumer: answered; refused (4xx) or left half-way; failed (5xx, no answer, broken). */
export type Outcome = 'good' | 'refused' | 'failed'

type Ended = Pick<ExchangeSummary, 'status' | 'outcome'>

/** Who left half-way is not known: a consumer that stopped a stream is no failure, a provider that crashed is one. */
export function outcomeOf({ status, outcome }: Ended): Outcome {
  if (status === undefined || outcome === 'reset' || outcome === 'unreachable' || outcome === 'hung') return 'failed'
  if (status >= 500) return 'failed'
  return status >= 400 || outcome === 'aborted' ? 'refused' : 'good'
}

/** The answer in a word: its status, or why there is none. */
export function answerWord({ status, outcome }: Ended): string {
  switch (outcome) {
    case 'answered':
    case 'streamed':
      return status === undefined ? 'no answer' : String(status)
    case 'reset':
      return status === undefined ? 'reset' : `${status} cut`
    case 'aborted':
      return status === undefined ? 'left' : `${status} left`
    case 'unreachable':
      return 'nobody'
    case 'hung':
      return 'hung'
    default:
      return outcome satisfies never
  }
}

/** What the word of an answer means, where it is no plain status. */
export function answerMeaning({ status, outcome }: Ended): string | undefined {
  switch (outcome) {
    case 'reset':
      return status === undefined
        ? 'The connection broke before an answer came.'
        : 'The connection broke in the answer.'
    case 'aborted':
      return 'Consumer or provider left before the answer was complete.'
    case 'unreachable':
      return 'Nobody took the connection: the provider is down.'
    case 'hung':
      return 'A fault kept the answer back for ever.'
    case 'answered':
    case 'streamed':
      return undefined
    default:
      return outcome satisfies never
  }
}
