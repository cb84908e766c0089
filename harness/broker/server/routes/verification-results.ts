import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { orNotFound } from '../refusal.ts'
import { ensurePacticipant } from '../store/pacticipants.ts'
import { publicationOfContent, type Publication } from '../store/publications.ts'
import {
  findVerification,
  latestVerification,
  latestVerificationsOf,
  saveVerification,
  type Verification,
} from '../store/verifications.ts'
import { ensureVersion, findVersion } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'
import { Name, OptionalUrl, readBody } from '../validate.ts'
import { decodeMetadata } from '../verify/metadata.ts'
import { announceResult } from '../webhooks/announce.ts'

const Result = z.object({
  success: z.boolean('must be true or false'),
  providerApplicationVersion: Name,
  buildUrl: OptionalUrl,
  testResults: z.unknown().optional(),
  verifiedBy: z.unknown().optional(),
})

const content = '/pacts/provider/:provider/consumer/:consumer/pact-version/:sha'

/** Results of verifications: publishing them, and reading them. */
export function verificationRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const publication = async (c: Context): Promise<Publication> => {
    const edge = { consumer: param(c, 'consumer'), provider: param(c, 'provider') }
    return orNotFound(await publicationOfContent(database, edge, param(c, 'sha')))
  }

  for (const path of [`${content}/verification-results`, `${content}/metadata/:metadata/verification-results`])
    app.post(path, async (c) => {
      const pact = await publication(c)
      const result = readBody(Result, await c.req.text())
      const { wip } = decodeMetadata(c.req.param('metadata'))
      const verification = await save(broker, { pact, result, wip })
      const urls = urlsFor(broker, c)
      await announceResult(broker, { publication: pact, verification }, urls)
      c.header('location', urls.verification(verification))
      return hal(c, verificationDocument(verification, urls), 201)
    })
  for (const path of [
    `${content}/verification-results/:number`,
    `${content}/metadata/:metadata/verification-results/:number`,
  ])
    app.get(path, async (c) => {
      const { contentId } = await publication(c)
      const number = param(c, 'number')
      const verification =
        number === 'latest'
          ? await latestVerification(database, contentId)
          : /^\d{1,9}$/.test(number)
            ? await findVerification(database, Number(number))
            : undefined
      const found = orNotFound(verification?.contentId === contentId ? verification : undefined)
      return hal(c, verificationDocument(found, urlsFor(broker, c)))
    })
  app.get('/verification-results/consumer/:consumer/version/:version/latest', async (c) => {
    const version = orNotFound(await findVersion(database, param(c, 'consumer'), param(c, 'version')))
    const results = await latestVerificationsOf(database, version.id)
    const urls = urlsFor(broker, c)
    return hal(c, {
      success: results.length > 0 && results.every(({ success }) => success),
      _embedded: { verificationResults: results.map((result) => verificationDocument(result, urls)) },
      _links: { self: { href: c.req.url } },
    })
  })
}

type Given = Readonly<{ pact: Publication; result: z.output<typeof Result>; wip: boolean }>

async function save({ database }: Broker, { pact, result, wip }: Given): Promise<Verification> {
  return database.transaction(async (sql) => {
    const provider = await ensurePacticipant(sql, pact.provider)
    const { version } = await ensureVersion(sql, provider, { number: result.providerApplicationVersion })
    return saveVerification(sql, {
      contentId: pact.contentId,
      providerVersionId: version.id,
      success: result.success,
      wip,
      buildUrl: result.buildUrl ?? null,
      testResults: result.testResults,
      verifiedBy: result.verifiedBy,
    })
  })
}

function verificationDocument(verification: Verification, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  const { provider, providerVersion, consumer, buildUrl, testResults, verifiedBy } = verification
  return {
    providerApplicationVersion: providerVersion,
    success: verification.success,
    verificationDate: verification.createdAt.toISOString(),
    ...(buildUrl !== null && { buildUrl }),
    ...(testResults !== null && { testResults }),
    ...(verifiedBy !== null && { verifiedBy }),
    _embedded: { providerVersion: { number: providerVersion } },
    _links: {
      self: {
        title: 'Verification result',
        name: `Verification result ${verification.number} for ${consumer}`,
        href: urls.verification(verification),
      },
      'pb:pact-version': {
        title: 'Pact',
        name: `Pact between ${consumer} and ${provider}`,
        href: urls.content(verification),
      },
      'pb:provider-version': { href: urls.version(provider, providerVersion), name: providerVersion },
    },
  }
}
