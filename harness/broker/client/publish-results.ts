import type { Finding } from '#harness/contract/finding.ts'
import { interactionsOf, type PactContent } from '../pact/content.ts'
import { titleOf } from '../pact/diff.ts'
import { promiseDigest } from '../pact/promise-digest.ts'
import type { BrokerClient, Document } from './broker-client.ts'
import { relation } from './relation.ts'
import type { RunVersion } from './run-version.ts'

/** What came of one interaction of a pact. */
export type InteractionOutcome = Readonly<{ interaction: PactContent; findings: readonly Finding[] }>

/** The results of one pact: the document is what the broker has, the outcomes are what a replay found. */
export type PactResults = Readonly<{ document: Document; outcomes: readonly InteractionOutcome[] }>

/**
 * What keeps results from being published: the broker has other interactions than were replayed, so that they would speak of
 * something else.
 */
export function unpublishable({ document, outcomes }: PactResults): readonly string[] {
  const replayed = new Set(outcomes.map(({ interaction }) => promiseDigest(interaction)))
  const published = interactionsOf(document)
  const missing = published.filter((interaction) => !replayed.has(promiseDigest(interaction)))
  const known = new Set(published.map(promiseDigest))
  const added = outcomes.filter(({ interaction }) => !known.has(promiseDigest(interaction)))
  return [
    ...missing.map((interaction) => `"${titleOf(interaction)}" of the broker's pact was not replayed`),
    ...added.map(({ interaction }) => `"${titleOf(interaction)}" was replayed and is not in the broker's pact`),
  ]
}

/**
 * Publishes the results of a pact, interaction by interaction, as those of a provider version on its branch.
 * @throws BrokerRefused, BrokerUnreachable
 */
export async function publishResults(
  client: BrokerClient,
  { document, outcomes }: PactResults,
  { provider, run }: { provider: string; run: RunVersion },
): Promise<void> {
  const { version, branch, buildUrl } = run
  const path = `/pacticipants/${encodeURIComponent(provider)}`
  // First, so that the result of a branch is known as such from the first moment.
  if (branch !== undefined) {
    const address = relation(await client.get(path), 'pb:branch-version', { branch, version })
    await client.send('PUT', address, {})
  }
  const ids = new Map(interactionsOf(document).map((one) => [promiseDigest(one), one['_id']]))
  await client.send('POST', relation(document, 'pb:publish-verification-results'), {
    success: outcomes.length > 0 && outcomes.every(({ findings }) => findings.length === 0),
    providerApplicationVersion: version,
    ...(buildUrl !== undefined && { buildUrl }),
    testResults: outcomes.map(({ interaction, findings }) => ({
      interactionId: ids.get(promiseDigest(interaction)),
      interactionDescription: interaction['description'],
      success: findings.length === 0,
      ...(findings.length > 0 && { mismatches: findings.map(mismatchOf) }),
    })),
    verifiedBy: { implementation: 'Concordat' },
  })
}

function mismatchOf({ code, path, message }: Finding): Readonly<Record<string, unknown>> {
  return { attribute: code, ...(path !== undefined && { identifier: path }), description: message }
}
