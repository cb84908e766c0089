import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { invalid, orNotFound } from '../refusal.ts'
import {
  deleteEnvironment,
  findEnvironment,
  listEnvironments,
  saveEnvironment,
  type Environment,
} from '../store/environments.ts'
import type { BrokerUrls } from '../urls.ts'
import { Name, readBody } from '../validate.ts'

const Fields = z.object({
  name: Name.refine((name) => !/\s/.test(name), 'cannot contain spaces'),
  displayName: Name.nullish(),
  production: z.boolean('must be true or false'),
  contacts: z.array(z.object({ name: Name, details: z.record(z.string(), z.unknown()).optional() })).nullish(),
})

/** Environments that versions are deployed and released to. */
export function environmentRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const find = async (c: Context): Promise<Environment> =>
    orNotFound(await findEnvironment(database, { uuid: param(c, 'uuid') }))
  const save = async (c: Context, uuid: string): Promise<Environment> => {
    const { contacts, ...fields } = readBody(Fields, await c.req.text())
    const same = await findEnvironment(database, { name: fields.name })
    if (same && same.uuid !== uuid)
      throw invalid({ name: [`Another environment with name '${fields.name}' already exists.`] })
    await saveEnvironment(database, uuid, { ...fields, contacts: contacts ?? undefined })
    return orNotFound(await findEnvironment(database, { uuid }))
  }

  app.get('/environments', async (c) => {
    const urls = urlsFor(broker, c)
    const environments = (await listEnvironments(database)).map((one) => environmentDocument(one, urls))
    return hal(c, {
      _embedded: { environments },
      _links: { self: { title: 'Environments', href: `${urls.base}/environments` } },
    })
  })
  app.post('/environments', async (c) => {
    const made = await save(c, randomUUID())
    const urls = urlsFor(broker, c)
    c.header('location', urls.environment(made.uuid))
    return hal(c, environmentDocument(made, urls), 201)
  })
  app.get('/environments/:uuid', async (c) => hal(c, environmentDocument(await find(c), urlsFor(broker, c))))
  app.put('/environments/:uuid', async (c) => {
    const { uuid } = await find(c)
    return hal(c, environmentDocument(await save(c, uuid), urlsFor(broker, c)))
  })
  app.delete('/environments/:uuid', async (c) => {
    await deleteEnvironment(database, (await find(c)).id)
    return c.body(null, 204)
  })
}

function environmentDocument(environment: Environment, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  const { uuid, name, displayName, production, contacts } = environment
  const self = urls.environment(uuid)
  return {
    uuid,
    name,
    displayName: displayName ?? name,
    production,
    ...(contacts !== null && { contacts }),
    createdAt: environment.createdAt.toISOString(),
    updatedAt: environment.updatedAt.toISOString(),
    _links: {
      self: { title: 'Environment', name, href: self },
      'pb:currently-deployed-deployed-versions': {
        title: `Versions currently deployed to ${displayName ?? name} environment`,
        href: `${self}/deployed-versions/currently-deployed`,
      },
      'pb:currently-supported-released-versions': {
        title: `Versions currently released and supported in ${displayName ?? name} environment`,
        href: `${self}/released-versions/currently-supported`,
      },
      'pb:environments': { title: 'Environments', href: `${urls.base}/environments` },
    },
  }
}
