import type { Context, Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { orNotFound } from '../refusal.ts'
import { addToBranch, deleteBranch, findBranch, isOnBranch, listBranches, type Branch } from '../store/branches.ts'
import { ensurePacticipant, findPacticipant } from '../store/pacticipants.ts'
import { addTag, findTag, removeTag } from '../store/tags.ts'
import { ensureVersion, findVersion, type Version } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'
import { Name, check } from '../validate.ts'

const branch = '/pacticipants/:pacticipant/branches/:branch'
const tag = '/pacticipants/:pacticipant/versions/:version/tags/:tag'

/** Branches of pacticipants, and tags of their versions. */
export function branchRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  app.get('/pacticipants/:pacticipant/branches', async (c) => {
    const { id, name } = orNotFound(await findPacticipant(database, param(c, 'pacticipant')))
    const urls = urlsFor(broker, c)
    const branches = (await listBranches(database, id)).map((one) => branchDocument(one, urls))
    return hal(c, { _embedded: { branches }, _links: { self: { href: `${urls.pacticipant(name)}/branches` } } })
  })
  app.get(branch, async (c) => {
    const found = orNotFound(await findBranch(database, param(c, 'pacticipant'), param(c, 'branch')))
    return hal(c, branchDocument(found, urlsFor(broker, c)))
  })
  app.delete(branch, async (c) => {
    const found = orNotFound(await findBranch(database, param(c, 'pacticipant'), param(c, 'branch')))
    await deleteBranch(database, found.id)
    return c.body(null, 204)
  })
  app.put(`${branch}/versions/:version`, async (c) => {
    const name = check(Name, param(c, 'branch'))
    const added = await database.transaction(async (sql) => addToBranch(sql, await ensure(c, sql), name))
    return hal(c, branchVersionDocument(c, urlsFor(broker, c)), added ? 201 : 200)
  })
  app.get(`${branch}/versions/:version`, async (c) => {
    const version = orNotFound(await findVersion(database, param(c, 'pacticipant'), param(c, 'version')))
    orNotFound((await isOnBranch(database, version.id, param(c, 'branch'))) || undefined)
    return hal(c, branchVersionDocument(c, urlsFor(broker, c)))
  })
}

/** Tags of versions. */
export function tagRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const version = async (c: Context): Promise<Version> =>
    orNotFound(await findVersion(database, param(c, 'pacticipant'), param(c, 'version')))
  app.put(tag, async (c) => {
    const name = check(Name, param(c, 'tag'))
    const added = await database.transaction(async (sql) => addTag(sql, await ensure(c, sql), name))
    return hal(c, tagDocument(c, urlsFor(broker, c)), added ? 201 : 200)
  })
  app.get(tag, async (c) => {
    const at = orNotFound(await findTag(database, (await version(c)).id, param(c, 'tag')))
    return hal(c, { ...tagDocument(c, urlsFor(broker, c)), createdAt: at.toISOString() })
  })
  app.delete(tag, async (c) => {
    orNotFound((await removeTag(database, (await version(c)).id, param(c, 'tag'))) || undefined)
    return c.body(null, 204)
  })
}

async function ensure(c: Context, sql: Parameters<typeof ensurePacticipant>[0]): Promise<Version> {
  const pacticipant = await ensurePacticipant(sql, check(Name, param(c, 'pacticipant')))
  return (await ensureVersion(sql, pacticipant, { number: check(Name, param(c, 'version')) })).version
}

function branchDocument({ name, pacticipant, createdAt }: Branch, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  return {
    name,
    createdAt: createdAt.toISOString(),
    _links: {
      self: { title: 'Branch', href: urls.branch(pacticipant, name) },
      'pb:latest-version': { href: `${urls.branch(pacticipant, name)}/latest-version` },
    },
  }
}

function branchVersionDocument(c: Context, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  const [pacticipant, name, number] = [param(c, 'pacticipant'), param(c, 'branch'), param(c, 'version')]
  return {
    _links: {
      self: { title: 'Branch version', name, href: urls.branchVersion(pacticipant, name, number) },
      'pb:pacticipant-version': { title: 'Version', name: number, href: urls.version(pacticipant, number) },
    },
  }
}

function tagDocument(c: Context, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  const [pacticipant, number, name] = [param(c, 'pacticipant'), param(c, 'version'), param(c, 'tag')]
  return {
    name,
    _links: {
      self: { title: 'Tag', name, href: urls.tag(pacticipant, number, name) },
      version: { title: 'Version', name: number, href: urls.version(pacticipant, number) },
      pacticipant: { title: 'Pacticipant', name: pacticipant, href: urls.pacticipant(pacticipant) },
    },
  }
}
