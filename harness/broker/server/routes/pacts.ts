import type { Context, Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal, wantsPage } from '../hal.ts'
import { pactDocument } from '../pacts/pact-document.ts'
import { diffPacts } from '../../pact/diff.ts'
import type { PactContent } from '../../pact/content.ts'
import { orNotFound } from '../refusal.ts'
import {
  contentText,
  deletePublication,
  findPublication,
  listPublications,
  previousDistinct,
  publicationOfContent,
  type Publication,
  type PublicationPlace,
} from '../store/publications.ts'

const pair = '/pacts/provider/:provider/consumer/:consumer'

/** Single pacts: by version, by content, the latest of somewhere; their lists; their differences. */
export function pactRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const edge = (c: Context): { consumer: string; provider: string } => ({
    consumer: param(c, 'consumer'),
    provider: param(c, 'provider'),
  })
  const find = async (c: Context, place: PublicationPlace): Promise<Publication> =>
    orNotFound(await findPublication(database, edge(c), place))
  const answer = async (c: Context, publication: Publication, metadata = ''): Promise<Response> => {
    if (wantsPage(c)) return c.redirect(pagePath(publication))
    return hal(c, await pactDocument(database, publication, { urls: urlsFor(broker, c), metadata }))
  }
  const list = async (c: Context, place: PublicationPlace): Promise<Response> =>
    hal(c, pactVersions(await listPublications(database, edge(c), place), { ...edge(c), urls: urlsFor(broker, c), c }))

  app.get(`${pair}/versions`, (c) => list(c, {}))
  app.get(`${pair}/tag/:tag`, (c) => list(c, { tag: param(c, 'tag') }))
  app.get(`${pair}/branch`, (c) => list(c, { mainBranch: true }))
  app.get(`${pair}/branch/latest`, async (c) => answer(c, await find(c, { mainBranch: true })))
  app.get(`${pair}/branch/:branch`, (c) => list(c, { branch: param(c, 'branch') }))
  app.get(`${pair}/branch/:branch/latest`, async (c) => answer(c, await find(c, { branch: param(c, 'branch') })))
  app.get(`${pair}/latest`, async (c) => answer(c, await find(c, {})))
  app.get(`${pair}/latest/:tag`, async (c) => answer(c, await find(c, { tag: param(c, 'tag') })))
  app.get(`${pair}/version/:version`, async (c) => answer(c, await find(c, { version: param(c, 'version') })))
  for (const path of [`${pair}/pact-version/:sha`, `${pair}/pact-version/:sha/metadata/:metadata`])
    app.get(path, async (c) => {
      const publication = await publicationOfContent(database, edge(c), param(c, 'sha'))
      return answer(c, orNotFound(publication), param(c, 'metadata'))
    })
  app.delete(`${pair}/version/:version`, async (c) => {
    await deletePublication(database, (await find(c, { version: param(c, 'version') })).id)
    return c.body(null, 204)
  })
  app.get(`${pair}/version/:version/previous-distinct`, async (c) => {
    const publication = await find(c, { version: param(c, 'version') })
    return answer(c, orNotFound(await previousDistinct(database, publication)))
  })
  app.get(`${pair}/version/:version/diff/previous-distinct`, async (c) => {
    const publication = await find(c, { version: param(c, 'version') })
    const previous = orNotFound(await previousDistinct(database, publication))
    const [old, now] = await contentsOf(broker, [previous, publication])
    const between = `${previous.consumerVersion} -> ${publication.consumerVersion}`
    return c.text(`${[`# Diff between versions ${between}`, ...diffPacts(old ?? {}, now ?? {})].join('\n')}\n`)
  })
}

async function contentsOf({ database }: Broker, publications: readonly Publication[]): Promise<readonly PactContent[]> {
  return Promise.all(
    publications.map(async ({ contentId }) => JSON.parse(await contentText(database, contentId)) as PactContent),
  )
}

function pagePath({ consumer, provider, consumerVersion }: Publication): string {
  return `/ui/pact?${new URLSearchParams({ consumer, provider, version: consumerVersion }).toString()}`
}

type Listed = Readonly<{ consumer: string; provider: string; urls: ReturnType<typeof urlsFor>; c: Context }>

function pactVersions(
  publications: readonly Publication[],
  { consumer, provider, urls, c }: Listed,
): object & Record<string, unknown> {
  return {
    _embedded: {
      pacts: publications.map((publication) => ({
        createdAt: publication.createdAt.toISOString(),
        _embedded: {
          consumerVersion: {
            number: publication.consumerVersion,
            _links: {
              self: {
                title: 'Version',
                name: publication.consumerVersion,
                href: urls.version(publication.consumer, publication.consumerVersion),
              },
            },
          },
        },
        _links: { self: { href: urls.pact(publication), title: titleOf(publication) } },
      })),
    },
    _links: {
      self: { href: c.req.url, title: `All versions of the pact between ${consumer} and ${provider}` },
      consumer: { href: urls.pacticipant(consumer), title: 'Consumer', name: consumer },
      provider: { href: urls.pacticipant(provider), title: 'Provider', name: provider },
      'pb:pact-versions': publications.map((publication) => ({
        href: urls.pact(publication),
        title: 'Pact version',
        name: titleOf(publication),
      })),
      'pb:pacts': publications.map((publication) => ({
        href: urls.pact(publication),
        title: titleOf(publication),
        name: publication.consumer,
      })),
    },
  }
}

function titleOf({ consumer, consumerVersion, provider }: Publication): string {
  return `Pact between ${consumer} (${consumerVersion}) and ${provider}`
}
