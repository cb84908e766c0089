import type { Sql } from '../store/database.ts'
import { hasVerifications } from '../store/verifications.ts'
import type { BrokerUrls } from '../urls.ts'
import type { Triggered } from '../webhooks/sender.ts'
import type { PublishedResult, PublishingResult } from './publish.ts'
import type { Publishing } from './publish-shapes.ts'

/** Something that a client prints. */
export type Notice = Readonly<{
  type: 'debug' | 'info' | 'prompt' | 'success' | 'warning' | 'error' | 'danger'
  text: string
}>

type Made = Readonly<{
  publishing: Publishing
  result: PublishingResult
  triggered: readonly Triggered[]
  urls: BrokerUrls
}>

/** What a client says after it has published. */
export async function publishNotices(sql: Sql, made: Made): Promise<readonly Notice[]> {
  const { publishing, result, urls } = made
  const perPact: Notice[] = []
  for (const pact of result.pacts) {
    const events = made.triggered.filter(({ provider }) => provider === pact.publication.provider)
    perPact.push(
      outcomeNotice(pact),
      { type: 'debug', text: `  View the published pact at ${urls.pact(pact.publication)}` },
      { type: 'debug', text: `  Events detected: ${events.map(eventWords).join(', ')}` },
      ...webhookNotices(events, urls),
      ...(await nextSteps(sql, pact)),
    )
  }
  return [...versionNotices(publishing, result.created), ...perPact]
}

function versionNotices({ consumer, version, branch, tags }: Publishing, created: boolean): readonly Notice[] {
  const on = branch === undefined ? '' : ` with branch ${branch}`
  const under = tags.length === 0 ? '' : `${on === '' ? ' with' : ' and'} tags ${tags.join(', ')}`
  const text = `${created ? 'Created' : 'Updated'} ${consumer} version ${version}${on}${under}`
  if (branch !== undefined) return [{ type: 'debug', text }]
  return [
    { type: 'debug', text },
    {
      type: 'prompt',
      text: '  Next steps:\n    Configure the version branch to be the value of your repository branch.',
    },
  ]
}

function outcomeNotice({ publication, outcome }: PublishedResult): Notice {
  const { consumer, consumerVersion, provider } = publication
  const pact = `Pact for ${consumer} version ${consumerVersion} with provider ${provider}`
  switch (outcome) {
    case 'new':
      return {
        type: 'success',
        text: `Pact successfully published for ${consumer} version ${consumerVersion} and provider ${provider}.`,
      }
    case 'kept':
      return { type: 'success', text: `${pact} was published already, with the same content.` }
    case 'merged':
      return { type: 'success', text: `${pact} was merged with the one that was there.` }
    case 'modified':
      return { type: 'warning', text: `${pact} was changed: results of the old content may stand for it now.` }
    default:
      return outcome satisfies never
  }
}

function eventWords({ event, comment }: Triggered): string {
  return comment === undefined ? event : `${event} (${comment})`
}

function webhookNotices(events: readonly Triggered[], urls: BrokerUrls): readonly Notice[] {
  return events.flatMap(({ event, runs }) =>
    runs.map(({ uuid, webhook }) => ({
      type: 'debug' as const,
      text: `  Webhook ${webhook} triggered for event ${event}.\n    View logs at ${urls.webhookRun(uuid)}`,
    })),
  )
}

async function nextSteps(sql: Sql, { publication }: PublishedResult): Promise<readonly Notice[]> {
  if (await hasVerifications(sql, publication.consumerId, publication.providerId)) return []
  return [
    { type: 'prompt', text: '  Next steps:' },
    {
      type: 'prompt',
      text: `    * Add Pact verification tests to the ${publication.provider} build. See https://docs.pact.io/go/provider_verification`,
    },
  ]
}
