import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { orNotFound } from '../refusal.ts'
import type { Sql } from '../store/database.ts'
import {
  addLabel,
  deletePacticipant,
  ensurePacticipant,
  findPacticipant,
  labelsOf,
  listPacticipants,
  removeLabel,
  updatePacticipant,
  type Pacticipant,
} from '../store/pacticipants.ts'
import { latestVersion } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'
import { Name, OptionalUrl, readBody } from '../validate.ts'

const Fields = z.object({
  name: Name.optional(),
  displayName: z.string().nullish(),
  mainBranch: Name.refine((name) => !/\s/.test(name), 'cannot contain spaces').nullish(),
  repositoryUrl: OptionalUrl,
  repositoryName: z.string().nullish(),
  repositoryNamespace: z.string().nullish(),
})

const one = '/pacticipants/:pacticipant'

/** Pacticipants and their labels. */
export function pacticipantRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const find = async (c: Context): Promise<Pacticipant> =>
    orNotFound(await findPacticipant(database, param(c, 'pacticipant')))
  const answer = async (c: Context, pacticipant: Pacticipant, status: 200 | 201 = 200): Promise<Response> =>
    hal(c, await pacticipantDocument(database, pacticipant, urlsFor(broker, c)), status)

  app.get('/pacticipants', async (c) => {
    const urls = urlsFor(broker, c)
    const all = await listPacticipants(database)
    const documents: unknown[] = []
    for (const pacticipant of all) documents.push(await pacticipantDocument(database, pacticipant, urls))
    const links = all.map(({ name }) => ({ title: name, name, href: urls.pacticipant(name) }))
    return hal(c, {
      _embedded: { pacticipants: documents },
      pacticipants: documents,
      _links: { self: { href: `${urls.base}/pacticipants` }, 'pb:pacticipants': links, pacticipants: links },
    })
  })
  app.post('/pacticipants', async (c) => {
    const { name, ...fields } = readBody(Fields.required({ name: true }), await c.req.text())
    await ensurePacticipant(database, name)
    return answer(c, await updatePacticipant(database, name, { fields, replace: false }), 201)
  })
  app.get(one, async (c) => answer(c, await find(c)))
  for (const method of ['PUT', 'PATCH'] as const)
    app.on(method, one, async (c) => {
      const { name: _name, ...fields } = readBody(Fields, await c.req.text())
      const name = param(c, 'pacticipant')
      const isNew = !(await findPacticipant(database, name))
      await ensurePacticipant(database, name)
      const updated = await updatePacticipant(database, name, { fields, replace: method === 'PUT' && !isNew })
      return answer(c, updated, isNew ? 201 : 200)
    })
  app.delete(one, async (c) => {
    await deletePacticipant(database, (await find(c)).name)
    return c.body(null, 204)
  })
  labelRoutes(app, broker, find)
}

function labelRoutes(app: Hono, broker: Broker, find: (c: Context) => Promise<Pacticipant>): void {
  const { database } = broker
  const path = `${one}/labels/:label`
  app.put(path, async (c) => {
    const { id, name } = await find(c)
    await addLabel(database, id, param(c, 'label'))
    return hal(c, labelDocument(name, param(c, 'label'), urlsFor(broker, c)), 201)
  })
  app.get(path, async (c) => {
    const { id, name } = await find(c)
    const label = orNotFound((await labelsOf(database, id)).find((known) => known === param(c, 'label')))
    return hal(c, labelDocument(name, label, urlsFor(broker, c)))
  })
  app.delete(path, async (c) => {
    const { id } = await find(c)
    orNotFound((await removeLabel(database, id, param(c, 'label'))) || undefined)
    return c.body(null, 204)
  })
}

function labelDocument(pacticipant: string, name: string, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  return { name, _links: { self: { title: 'Label', name, href: urls.label(pacticipant, name) } } }
}

async function pacticipantDocument(
  sql: Sql,
  pacticipant: Pacticipant,
  urls: BrokerUrls,
): Promise<Readonly<Record<string, unknown>>> {
  const { id, name, displayName, mainBranch, repositoryUrl, repositoryName, repositoryNamespace } = pacticipant
  const latest = await latestVersion(sql, id)
  const labels = await labelsOf(sql, id)
  const self = urls.pacticipant(name)
  return {
    name,
    displayName: displayName ?? name,
    ...(mainBranch !== null && { mainBranch }),
    ...(repositoryUrl !== null && { repositoryUrl }),
    ...(repositoryName !== null && { repositoryName }),
    ...(repositoryNamespace !== null && { repositoryNamespace }),
    createdAt: pacticipant.createdAt.toISOString(),
    updatedAt: pacticipant.updatedAt.toISOString(),
    _embedded: {
      ...(latest && {
        latestVersion: { number: latest.number, _links: { self: { href: urls.version(name, latest.number) } } },
      }),
      labels: labels.map((label) => labelDocument(name, label, urls)),
    },
    _links: {
      self: { href: self },
      'pb:versions': { href: `${self}/versions` },
      'pb:version': {
        title: 'Get, create or delete a pacticipant version',
        href: `${self}/versions/{version}`,
        templated: true,
      },
      'pb:version-tag': {
        title: 'Get, create or delete a tag for a version of this pacticipant',
        href: `${self}/versions/{version}/tags/{tag}`,
        templated: true,
      },
      'pb:branch-version': {
        title: 'Get or add/create a version of a branch of this pacticipant',
        href: `${self}/branches/{branch}/versions/{version}`,
        templated: true,
      },
      'pb:label': {
        title: 'Get, create or delete a label for this pacticipant',
        href: `${self}/labels/{label}`,
        templated: true,
      },
      'pb:can-i-deploy-badge': {
        title: 'Can I deploy a branch to an environment',
        href: `${self}/branches/{branch}/latest-version/can-i-deploy/to-environment/{environment}/badge`,
        templated: true,
      },
      'pb:can-i-merge-badge': { href: `${self}/main-branch/can-i-merge/badge` },
      curies: [{ name: 'pb', href: `${urls.base}/doc/{rel}?context=pacticipant`, templated: true }],
    },
  }
}
