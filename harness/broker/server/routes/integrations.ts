import type { Hono } from 'hono'
import { urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { latestPublications } from '../store/publications.ts'
import { latestVerification } from '../store/verifications.ts'

/** Who works with whom. */
export function integrationRoutes(app: Hono, broker: Broker): void {
  app.get('/integrations', async (c) => {
    const { database } = broker
    const urls = urlsFor(broker, c)
    const integrations: unknown[] = []
    for (const publication of await latestPublications(database)) {
      const latest = await latestVerification(database, publication.contentId)
      integrations.push({
        consumer: { name: publication.consumer },
        provider: { name: publication.provider },
        verificationStatus: latest === undefined ? 'unverified' : latest.success ? 'success' : 'failed',
        _links: {
          'pb:latest-pact': { href: urls.latestPact(publication) },
          'pb:matrix': {
            href: `${urls.base}/matrix/provider/${encodeURIComponent(publication.provider)}/consumer/${encodeURIComponent(publication.consumer)}`,
          },
        },
      })
    }
    return hal(c, { _embedded: { integrations }, _links: { self: { href: `${urls.base}/integrations` } } })
  })
}
