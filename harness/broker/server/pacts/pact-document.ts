import type { Sql } from '../store/database.ts'
import { contentText, type Publication } from '../store/publications.ts'
import type { BrokerUrls } from '../urls.ts'
import { withIds, type PactContent } from '../../pact/content.ts'

/** A pact with the ids of its interactions and where its results go, as a verifier gets it. */
export async function pactDocument(
  sql: Sql,
  publication: Publication,
  { urls, metadata = '' }: Readonly<{ urls: BrokerUrls; metadata?: string }>,
): Promise<PactContent> {
  const { consumer, provider, consumerVersion, createdAt } = publication
  const content = JSON.parse(await contentText(sql, publication.contentId)) as PactContent
  const title = `Pact between ${consumer} (${consumerVersion}) and ${provider}`
  return {
    ...withIds(content),
    createdAt: createdAt.toISOString(),
    _links: {
      self: { title: 'Pact', name: title, href: urls.contentWithMetadata(publication, metadata) },
      'pb:pact-version': {
        title: 'Pact content version permalink',
        name: publication.sha,
        href: urls.content(publication),
      },
      'pb:consumer': { title: 'Consumer', name: consumer, href: urls.pacticipant(consumer) },
      'pb:consumer-version': {
        title: 'Consumer version',
        name: consumerVersion,
        href: urls.version(consumer, consumerVersion),
      },
      'pb:provider': { title: 'Provider', name: provider, href: urls.pacticipant(provider) },
      'pb:latest-pact-version': { title: 'Latest version of this pact', href: urls.latestPact(publication) },
      'pb:all-pact-versions': { title: 'All versions of this pact', href: `${urls.pair(publication)}/versions` },
      'pb:latest-verification-results': { href: `${urls.content(publication)}/verification-results/latest` },
      'pb:diff-previous-distinct': {
        title: 'Diff with previous distinct version of this pact',
        href: `${urls.pact(publication)}/diff/previous-distinct`,
      },
      'pb:previous-distinct': {
        title: 'Previous distinct version of this pact',
        href: `${urls.pact(publication)}/previous-distinct`,
      },
      'pb:publish-verification-results': {
        title: 'Publish verification results',
        href: `${urls.contentWithMetadata(publication, metadata)}/verification-results`,
      },
      'pb:tag-prod-version': {
        title: "PUT to this resource to tag this consumer version as 'production'",
        href: urls.tag(consumer, consumerVersion, 'prod'),
      },
      'pb:tag-version': {
        title: 'PUT to this resource to tag this consumer version',
        href: `${urls.version(consumer, consumerVersion)}/tags/{tag}`,
      },
      curies: [{ name: 'pb', href: `${urls.base}/doc/{rel}?context=pact`, templated: true }],
    },
  }
}
