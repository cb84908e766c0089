import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { orNotFound } from '../refusal.ts'
import { addToBranch } from '../store/branches.ts'
import { ensurePacticipant, findPacticipant } from '../store/pacticipants.ts'
import { addTag } from '../store/tags.ts'
import {
  deleteVersion,
  ensureVersion,
  findVersion,
  latestVersion,
  listVersions,
  type Version,
} from '../store/versions.ts'
import { Name, OptionalUrl, check, readBody } from '../validate.ts'
import { versionDocument } from '../versions/version-document.ts'

const Fields = z.object({
  branch: Name.nullish(),
  buildUrl: OptionalUrl,
  tags: z.array(z.union([Name, z.object({ name: Name })])).nullish(),
})

const one = '/pacticipants/:pacticipant/versions/:version'

const Page = z.object({
  pageNumber: z.coerce.number('must be a number').int().min(1).default(1),
  pageSize: z.coerce.number('must be a number').int().min(1).max(1_000).default(1_000),
})

/** Versions of pacticipants. */
export function versionRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const answer = async (c: Context, version: Version | undefined, status: 200 | 201 = 200): Promise<Response> =>
    hal(c, await versionDocument(database, orNotFound(version), urlsFor(broker, c)), status)
  const latest = async (c: Context, on: { tag?: string; branch?: string }): Promise<Response> => {
    const { id } = orNotFound(await findPacticipant(database, param(c, 'pacticipant')))
    return answer(c, await latestVersion(database, id, on))
  }

  app.get('/pacticipants/:pacticipant/versions', async (c) => {
    const { id, name } = orNotFound(await findPacticipant(database, param(c, 'pacticipant')))
    const urls = urlsFor(broker, c)
    const { pageNumber, pageSize } = check(Page, c.req.query())
    const versions = await listVersions(database, id, { page: pageNumber, size: pageSize })
    const documents: unknown[] = []
    for (const version of versions) documents.push(await versionDocument(database, version, urls))
    return hal(c, {
      _embedded: { versions: documents },
      _links: {
        self: { href: `${urls.pacticipant(name)}/versions` },
        'pb:versions': versions.map(({ number }) => ({ name: number, href: urls.version(name, number) })),
      },
    })
  })
  app.get('/pacticipants/:pacticipant/latest-version', (c) => latest(c, {}))
  app.get('/pacticipants/:pacticipant/latest-version/:tag', (c) => latest(c, { tag: param(c, 'tag') }))
  app.get('/pacticipants/:pacticipant/branches/:branch/latest-version', (c) =>
    latest(c, { branch: param(c, 'branch') }),
  )
  app.get(one, async (c) => answer(c, await findVersion(database, param(c, 'pacticipant'), param(c, 'version'))))
  for (const method of ['PUT', 'PATCH'] as const)
    app.on(method, one, async (c) => {
      const number = check(Name, param(c, 'version'))
      const name = check(Name, param(c, 'pacticipant'))
      const { branch, buildUrl, tags } = readBody(Fields, await c.req.text())
      const { version, created } = await database.transaction(async (sql) => {
        const ensured = await ensureVersion(sql, await ensurePacticipant(sql, name), { number, buildUrl })
        if (branch) await addToBranch(sql, ensured.version, branch)
        for (const tag of tags ?? []) await addTag(sql, ensured.version, typeof tag === 'string' ? tag : tag.name)
        return ensured
      })
      return answer(c, version, created ? 201 : 200)
    })
  app.delete(one, async (c) => {
    const version = orNotFound(await findVersion(database, param(c, 'pacticipant'), param(c, 'version')))
    await database.transaction((sql) => deleteVersion(sql, version.id))
    return c.body(null, 204)
  })
}
