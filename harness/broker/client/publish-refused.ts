import type { Finding } from '#harness/contract/finding.ts'
import type { BrokerRefused } from './broker-errors.ts'
import type { WholePact } from './merge-shards.ts'

/** What a broker has against pacts, each reason at the edge that it names. */
export function publishRefused(pacts: readonly WholePact[], error: BrokerRefused): readonly Finding[] {
  const messages = error.messages.length > 0 ? error.messages : [error.message]
  return messages.map((text) => {
    const about = pacts.filter(({ consumer, provider }) => text.includes(consumer) && text.includes(provider))
    const [only] = about.length === 1 ? about : []
    return {
      code: 'publish-refused',
      severity: 'error',
      ...(only && { edge: `${only.consumer} -> ${only.provider}` }),
      message: `The broker answers with ${error.status}: ${text}`,
      fix:
        error.status === 409
          ? 'Publish it as another version: commit the change, or give every matcher an example where nothing was changed.'
          : 'Correct what it names.',
    }
  })
}
