import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { orNotFound } from '../refusal.ts'
import {
  findPresence,
  listPresences,
  recordDeployment,
  recordRelease,
  setCurrent,
  type Presence,
  type PresenceFilter,
  type PresenceKind,
} from '../store/deployments.ts'
import { findEnvironment } from '../store/environments.ts'
import { findVersion, whereaboutsOf } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'
import { Name, readBody } from '../validate.ts'

const Deployment = z.object({ applicationInstance: Name.nullish() })

/** Versions in environments: deployed, one at a time for each instance, and released, many at a time. */
export function deploymentRoutes(app: Hono, broker: Broker): void {
  kindRoutes(app, broker, {
    kind: 'deployed',
    collection: 'deployedVersions',
    ended: z.object({ currentlyDeployed: z.literal(false, 'must be false') }),
    nowPath: 'currently-deployed',
  })
  kindRoutes(app, broker, {
    kind: 'released',
    collection: 'releasedVersions',
    ended: z.object({ currentlySupported: z.literal(false, 'must be false') }),
    nowPath: 'currently-supported',
  })
}

type Kind = Readonly<{ kind: PresenceKind; collection: string; ended: z.ZodType; nowPath: string }>

function kindRoutes(app: Hono, broker: Broker, { kind, collection, ended, nowPath }: Kind): void {
  const { database } = broker
  const record = `/pacticipants/:pacticipant/versions/:version/${kind}-versions/environment/:uuid`
  const list = async (c: Context, filter: PresenceFilter): Promise<Response> => {
    const urls = urlsFor(broker, c)
    const found = await listPresences(database, kind, filter)
    const documents = await presenceDocuments(broker, found, { kind, urls })
    return hal(c, { _embedded: { [collection]: documents }, _links: { self: { href: c.req.url } } })
  }
  const one = async (c: Context, uuid: string, status: 200 | 201 = 200): Promise<Response> => {
    const found = orNotFound(await findPresence(database, kind, uuid))
    const [document] = await presenceDocuments(broker, [found], { kind, urls: urlsFor(broker, c) })
    return hal(c, document ?? {}, status)
  }

  app.post(record, async (c) => one(c, await makePresence(broker, c, kind), 201))
  app.get(record, async (c) => {
    const version = orNotFound(await findVersion(database, param(c, 'pacticipant'), param(c, 'version')))
    return list(c, { versionId: version.id, environmentUuid: param(c, 'uuid') })
  })
  app.get(`/${kind}-versions/:uuid`, (c) => one(c, param(c, 'uuid')))
  app.patch(`/${kind}-versions/:uuid`, async (c) => {
    readBody(ended, await c.req.text())
    const { uuid } = orNotFound(await findPresence(database, kind, param(c, 'uuid')))
    await setCurrent(database, kind, { uuid, current: false })
    return one(c, uuid)
  })
  app.get(`/environments/:uuid/${kind}-versions/${nowPath}`, async (c) => {
    const environment = orNotFound(await findEnvironment(database, { uuid: param(c, 'uuid') }))
    const { pacticipant, version, applicationInstance } = c.req.query()
    return list(c, { environmentUuid: environment.uuid, pacticipant, version, applicationInstance, current: true })
  })
}

async function makePresence({ database }: Broker, c: Context, kind: PresenceKind): Promise<string> {
  const version = orNotFound(await findVersion(database, param(c, 'pacticipant'), param(c, 'version')))
  const environment = orNotFound(await findEnvironment(database, { uuid: param(c, 'uuid') }))
  const { applicationInstance } = readBody(Deployment, await c.req.text())
  const place = { versionId: version.id, pacticipantId: version.pacticipantId, environmentId: environment.id }
  return database.transaction(async (sql) => {
    // Two deployments at once: the later one is what is there.
    await sql.rows('select pg_advisory_xact_lock(hashtext($1))', [`${version.pacticipant} in ${environment.uuid}`])
    return kind === 'released'
      ? recordRelease(sql, place)
      : recordDeployment(sql, { ...place, instance: applicationInstance ?? null })
  })
}

async function presenceDocuments(
  { database }: Broker,
  presences: readonly Presence[],
  { kind, urls }: { kind: PresenceKind; urls: BrokerUrls },
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const places = await whereaboutsOf(
    database,
    presences.map(({ versionId }) => versionId),
  )
  return presences.map((presence) => {
    const { uuid, pacticipant, version, environment, environmentUuid, applicationInstance } = presence
    const branches = places.get(presence.versionId)?.branches ?? []
    return {
      uuid,
      ...stateOf(kind, presence),
      ...(applicationInstance !== null && { applicationInstance, target: applicationInstance }),
      createdAt: presence.createdAt.toISOString(),
      _embedded: {
        version: {
          number: version,
          _embedded: { branchVersions: branches.map(({ name, head }) => ({ name, latest: head })) },
          _links: { self: { title: 'Pacticipant version', name: version, href: urls.version(pacticipant, version) } },
        },
        pacticipant: { name: pacticipant, _links: { self: { href: urls.pacticipant(pacticipant) } } },
        environment: {
          uuid: environmentUuid,
          name: environment,
          _links: { self: { href: urls.environment(environmentUuid) } },
        },
      },
      _links: { self: { title: 'Version in an environment', href: urls.presence(kind, uuid) } },
    }
  })
}

function stateOf(kind: PresenceKind, { current, endedAt }: Presence): Readonly<Record<string, unknown>> {
  const at =
    endedAt === null ? {} : { [kind === 'deployed' ? 'undeployedAt' : 'supportEndedAt']: endedAt.toISOString() }
  return kind === 'deployed' ? { currentlyDeployed: current, ...at } : { currentlySupported: current, ...at }
}
