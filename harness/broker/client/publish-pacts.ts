import type { BrokerClient } from './broker-client.ts'
import { index, relation } from './relation.ts'
import type { WholePact } from './merge-shards.ts'
import type { RunVersion } from './run-version.ts'

/** What a broker said to what one consumer published. */
export type PublishedTo = Readonly<{
  consumer: string
  version: string
  pacts: readonly WholePact[]
  notices: readonly Readonly<{ type: string; text: string }>[]
}>

/**
 * Publishes whole pacts, all of one consumer's in one request.
 * @throws BrokerRefused (409 where the version has a pact of other content), BrokerUnreachable.
 */
export async function publishPacts(
  client: BrokerClient,
  pacts: readonly WholePact[],
  { version, branch, buildUrl, tags }: Omit<RunVersion, 'dirty'> & { tags: readonly string[] },
): Promise<readonly PublishedTo[]> {
  const address = relation(await index(client), 'pb:publish-contracts')
  const published: PublishedTo[] = []
  for (const [consumer, own] of Map.groupBy(pacts, (pact) => pact.consumer)) {
    const answer = await client.send('POST', address, {
      pacticipantName: consumer,
      pacticipantVersionNumber: version,
      ...(branch !== undefined && { branch }),
      ...(buildUrl !== undefined && { buildUrl }),
      ...(tags.length > 0 && { tags }),
      contracts: own.map(({ provider, content }) => ({
        consumerName: consumer,
        providerName: provider,
        specification: 'pact',
        contentType: 'application/json',
        content: Buffer.from(JSON.stringify(content)).toString('base64'),
        onConflict: 'overwrite',
      })),
    })
    published.push({ consumer, version, pacts: own, notices: noticesIn(answer['notices']) })
  }
  return published
}

function noticesIn(value: unknown): PublishedTo['notices'] {
  return Array.isArray(value) ? (value as PublishedTo['notices']) : []
}
