import type { Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import type { PactContent } from '../../pact/content.ts'
import { publishNotices } from '../pacts/publish-notices.ts'
import { publishPacts, type PublishingResult } from '../pacts/publish.ts'
import { readPact, readPublishing, type Publishing } from '../pacts/publish-shapes.ts'
import { pactDocument } from '../pacts/pact-document.ts'
import { Name, check } from '../validate.ts'
import type { BrokerUrls } from '../urls.ts'
import { announcePact } from '../webhooks/announce.ts'
import type { Triggered } from '../webhooks/sender.ts'

/** Publishing pacts: several at once, or one at its address. */
export function publishRoutes(app: Hono, broker: Broker): void {
  app.post('/contracts/publish', async (c) => {
    const publishing = readPublishing(await c.req.text())
    const urls = urlsFor(broker, c)
    const { result, triggered } = await publishAndAnnounce(broker, publishing, urls)
    const notices = await publishNotices(broker.database, { publishing, result, triggered, urls })
    return hal(c, publishedDocument(publishing, { result, notices }, urls))
  })

  app.put('/pacts/provider/:provider/consumer/:consumer/version/:version', async (c) => {
    const edge = { consumer: param(c, 'consumer'), provider: param(c, 'provider') }
    const version = check(Name, param(c, 'version'))
    const content = readPact(await c.req.text(), edge)
    const urls = urlsFor(broker, c)
    const { result } = await publishOne(broker, { ...edge, version, content, onConflict: 'overwrite' }, urls)
    const [pact] = result.pacts
    if (!pact) throw new Error('the pact was not kept. Publish it again.')
    const document = await pactDocument(broker.database, pact.publication, { urls })
    return hal(c, document, pact.outcome === 'new' ? 201 : 200)
  })

  app.patch('/pacts/provider/:provider/consumer/:consumer/version/:version', async (c) => {
    const edge = { consumer: param(c, 'consumer'), provider: param(c, 'provider') }
    const content = readPact(await c.req.text(), edge)
    const urls = urlsFor(broker, c)
    const { result } = await publishOne(
      broker,
      { ...edge, version: param(c, 'version'), content, onConflict: 'merge' },
      urls,
    )
    const [pact] = result.pacts
    if (!pact) throw new Error('the pact was not kept. Publish it again.')
    return hal(c, await pactDocument(broker.database, pact.publication, { urls }), pact.outcome === 'new' ? 201 : 200)
  })
}

type One = Readonly<{
  consumer: string
  provider: string
  version: string
  content: PactContent
  onConflict: 'overwrite' | 'merge'
}>

async function publishOne(
  broker: Broker,
  { consumer, provider, version, content, onConflict }: One,
  urls: BrokerUrls,
): Promise<{ result: PublishingResult }> {
  const publishing: Publishing = {
    consumer,
    version,
    branch: undefined,
    tags: [],
    buildUrl: undefined,
    pacts: [{ provider, content, onConflict }],
  }
  return publishAndAnnounce(broker, publishing, urls)
}

async function publishAndAnnounce(
  broker: Broker,
  publishing: Publishing,
  urls: BrokerUrls,
): Promise<{ result: PublishingResult; triggered: readonly Triggered[] }> {
  const result = await publishPacts(broker, publishing)
  const triggered: Triggered[] = []
  for (const pact of result.pacts) triggered.push(...(await announcePact(broker, pact, urls)))
  return { result, triggered }
}

function publishedDocument(
  { consumer, tags, branch }: Publishing,
  { result, notices }: { result: PublishingResult; notices: readonly Readonly<{ type: string; text: string }>[] },
  urls: BrokerUrls,
): Readonly<Record<string, unknown>> {
  const { number, buildUrl } = result.version
  const version = { title: 'Pacticipant version', name: number, href: urls.version(consumer, number) }
  return {
    notices,
    logs: notices.map(({ type, text }) => ({ level: type, message: text, deprecationWarning: 'Replaced by notices' })),
    _embedded: {
      pacticipant: { name: consumer, _links: { self: { href: urls.pacticipant(consumer) } } },
      version: { number, ...(buildUrl !== null && { buildUrl }), _links: { self: version } },
    },
    _links: {
      'pb:pacticipant': { title: 'Pacticipant', name: consumer, href: urls.pacticipant(consumer) },
      'pb:pacticipant-version': version,
      'pb:pacticipant-version-tags': tags.map((tag) => ({
        title: 'Tag',
        name: tag,
        href: urls.tag(consumer, number, tag),
      })),
      ...(branch !== undefined && {
        'pb:branch': { title: 'Branch', name: branch, href: urls.branchVersion(consumer, branch, number) },
      }),
      'pb:contracts': result.pacts.map(({ publication }) => ({
        title: 'Pact',
        name: `Pact between ${publication.consumer} (${publication.consumerVersion}) and ${publication.provider}`,
        href: urls.pact(publication),
      })),
    },
  }
}
