import type { Context, Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { orNotFound } from '../refusal.ts'
import { findPacticipant } from '../store/pacticipants.ts'
import { latestPublications, listPublications, type Publication, type PublicationPlace } from '../store/publications.ts'
import type { BrokerUrls } from '../urls.ts'
import { check, readBody } from '../validate.ts'
import { pactsForVerification } from '../verify/for-verification.ts'
import { ForVerification, type ForVerificationRequest } from '../verify/selector.ts'

const of = '/pacts/provider/:provider'

/** Lists of pacts of a provider, those to verify among them, and of all. */
export function providerPactRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const list = async (c: Context, place: PublicationPlace, latestOnly = false): Promise<Response> => {
    const provider = orNotFound(await findPacticipant(database, param(c, 'provider'))).name
    const all = await listPublications(database, { provider }, place)
    return hal(
      c,
      pactList(latestOnly ? latestOfEach(all) : all, { self: c.req.url, provider, urls: urlsFor(broker, c) }),
    )
  }
  const toVerify = async (c: Context, request: ForVerificationRequest): Promise<Response> => {
    const provider = orNotFound(await findPacticipant(database, param(c, 'provider'))).name
    const pacts = await pactsForVerification(database, { provider, request }, urlsFor(broker, c))
    const self = { href: c.req.url, title: 'Pacts to be verified' }
    return hal(c, { _embedded: { pacts }, _links: { self } })
  }

  app.get(`${of}/for-verification`, async (c) => toVerify(c, check(ForVerification, queryOf(c))))
  app.post(`${of}/for-verification`, async (c) => toVerify(c, readBody(ForVerification, await c.req.text())))
  app.get(of, (c) => list(c, {}))
  app.get(`${of}/latest`, (c) => list(c, {}, true))
  app.get(`${of}/latest/:tag`, (c) => list(c, { tag: param(c, 'tag') }, true))
  app.get(`${of}/tag/:tag`, (c) => list(c, { tag: param(c, 'tag') }))
  app.get(`${of}/branch`, (c) => list(c, { mainBranch: true }))
  app.get(`${of}/branch/latest`, (c) => list(c, { mainBranch: true }, true))
  app.get(`${of}/branch/:branch`, (c) => list(c, { branch: param(c, 'branch') }))
  app.get(`${of}/branch/:branch/latest`, (c) => list(c, { branch: param(c, 'branch') }, true))
  app.get('/pacts/latest', async (c) => {
    const urls = urlsFor(broker, c)
    const pacts = (await latestPublications(database)).map((publication) => latestPact(publication, urls))
    return hal(c, { pacts, _links: { self: { href: c.req.url } } })
  })
}

function queryOf(c: Context): Readonly<Record<string, unknown>> {
  const query = c.req.query()
  const branch = query['provider_version_branch']
  const tags = c.req.queries('provider_version_tags[]')
  return {
    ...(branch !== undefined && { providerVersionBranch: branch }),
    ...(tags && { providerVersionTags: tags }),
    ...(query['include_pending_status'] === 'true' && { includePendingStatus: true }),
    ...(query['include_wip_pacts_since'] !== undefined && { includeWipPactsSince: query['include_wip_pacts_since'] }),
  }
}

function latestOfEach(publications: readonly Publication[]): readonly Publication[] {
  const byConsumer = new Map<string, Publication>()
  for (const one of publications) if (!byConsumer.has(one.consumer)) byConsumer.set(one.consumer, one)
  return [...byConsumer.values()]
}

type Listed = Readonly<{ self: string; provider: string; urls: BrokerUrls }>

function pactList(
  publications: readonly Publication[],
  { self, provider, urls }: Listed,
): Readonly<Record<string, unknown>> {
  const links = publications.map((publication) => ({
    href: urls.pact(publication),
    title: `Pact between ${publication.consumer} (${publication.consumerVersion}) and ${publication.provider}`,
    name: publication.consumer,
  }))
  return {
    _links: {
      self: { href: self, title: `Pact versions for the provider ${provider}` },
      'pb:provider': { href: urls.pacticipant(provider), name: provider },
      'pb:pacts': links,
      pacts: links,
    },
  }
}

function latestPact(publication: Publication, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  const { consumer, provider, consumerVersion, createdAt } = publication
  const named = (name: string): object => ({ name, _links: { self: { href: urls.pacticipant(name) } } })
  return {
    createdAt: createdAt.toISOString(),
    _links: {
      self: [{ href: urls.pact(publication) }, { href: urls.latestPact(publication) }],
    },
    _embedded: {
      consumer: {
        ...named(consumer),
        _embedded: {
          version: { number: consumerVersion, _links: { self: { href: urls.version(consumer, consumerVersion) } } },
        },
      },
      provider: named(provider),
    },
  }
}
