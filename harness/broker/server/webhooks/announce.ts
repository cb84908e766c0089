import type { Broker } from '../context.ts'
import type { PublishedResult } from '../pacts/publish.ts'
import type { Publication } from '../store/publications.ts'
import type { Verification } from '../store/verifications.ts'
import type { BrokerUrls } from '../urls.ts'
import { requiredVerifications } from './required-verifications.ts'
import type { Triggered } from './sender.ts'

/** Tells webhooks of a pact that was published. */
export async function announcePact(
  { database, webhooks }: Broker,
  { publication, change }: PublishedResult,
  urls: BrokerUrls,
): Promise<readonly Triggered[]> {
  const triggered = [await webhooks.trigger({ event: 'contract_published', publication }, urls)]
  if (change.changed) {
    const event = 'contract_content_changed'
    triggered.push(await webhooks.trigger({ event, publication, comment: change.reason }, urls))
  }
  for (const required of await requiredVerifications(database, publication)) {
    const event = 'contract_requiring_verification_published'
    const comment = `pact requires verification by ${required.descriptions}`
    triggered.push(await webhooks.trigger({ event, publication, required, comment }, urls))
  }
  return triggered
}

/** Tells webhooks of a result that was published. */
export async function announceResult(
  { webhooks }: Broker,
  { publication, verification }: { publication: Publication; verification: Verification },
  urls: BrokerUrls,
): Promise<void> {
  const outcome = verification.success ? 'provider_verification_succeeded' : 'provider_verification_failed'
  for (const event of ['provider_verification_published', outcome] as const)
    await webhooks.trigger({ event, publication, verification }, urls)
}
