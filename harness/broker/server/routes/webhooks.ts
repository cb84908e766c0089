import { randomBytes } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { param, urlsFor, type Broker } from '../context.ts'
import { hal } from '../hal.ts'
import { BrokerRefusal, invalid, orNotFound } from '../refusal.ts'
import { findPacticipant } from '../store/pacticipants.ts'
import { listPublications, type Publication } from '../store/publications.ts'
import { latestVerification } from '../store/verifications.ts'
import {
  deleteWebhook,
  findRun,
  findWebhook,
  listRuns,
  listWebhooks,
  saveWebhook,
  type Webhook,
} from '../store/webhooks.ts'
import { readBody } from '../validate.ts'
import { checkWebhook } from '../webhooks/rules.ts'
import { hidden, webhookDocument } from '../webhooks/webhook-document.ts'
import { WebhookBody, webhookFields, type WebhookFields } from '../webhooks/shapes.ts'
import { variablesOf } from '../webhooks/variables.ts'

/** Webhooks: what is called when something is published. */
export function webhookRoutes(app: Hono, broker: Broker): void {
  const { database } = broker
  const find = async (c: Context): Promise<Webhook> => orNotFound(await findWebhook(database, param(c, 'uuid')))

  app.get('/webhooks', async (c) => {
    const urls = urlsFor(broker, c)
    const webhooks = await listWebhooks(database)
    return hal(c, {
      _embedded: { webhooks: webhooks.map((one) => webhookDocument(one, urls)) },
      _links: {
        self: { title: 'Webhooks', href: `${urls.base}/webhooks` },
        'pb:webhooks': webhooks.map(({ uuid, description }) => ({
          title: 'A webhook',
          name: description ?? uuid,
          href: urls.webhook(uuid),
        })),
      },
    })
  })
  for (const path of ['/webhooks', ...edgePaths])
    app.post(path, async (c) => save(broker, c, randomBytes(16).toString('base64url')))
  for (const path of edgePaths) app.get(path, async (c) => hal(c, await webhooksOf(broker, c)))
  app.put('/webhooks/:uuid', async (c) => save(broker, c, param(c, 'uuid')))
  app.get('/webhooks/:uuid', async (c) => hal(c, webhookDocument(await find(c), urlsFor(broker, c))))
  app.delete('/webhooks/:uuid', async (c) => {
    await deleteWebhook(database, (await find(c)).uuid)
    return c.body(null, 204)
  })
  app.post('/webhooks/:uuid/execute', async (c) => execute(broker, c, await find(c)))
  app.get('/webhooks/:uuid/runs', async (c) => {
    const urls = urlsFor(broker, c)
    const runs = await listRuns(database, (await find(c)).id)
    const triggeredWebhooks = runs.map(({ uuid, event, status, createdAt }) => ({
      name: event,
      status,
      createdAt: createdAt.toISOString(),
      _links: { logs: { href: urls.webhookRun(uuid) } },
    }))
    return hal(c, { _embedded: { triggeredWebhooks }, _links: { self: { href: c.req.url } } })
  })
  app.get('/triggered-webhooks/:uuid/logs', async (c) => {
    const { status, log } = orNotFound(await findRun(database, param(c, 'uuid')))
    return c.text(`status: ${status}\n${log}`)
  })
}

/** Where webhooks of one edge, of a provider and of a consumer are: what the address names is whom they are for. */
const edgePaths = [
  '/webhooks/provider/:provider/consumer/:consumer',
  '/webhooks/provider/:provider',
  '/webhooks/consumer/:consumer',
]

function partiesOf(c: Context): Pick<WebhookFields, 'consumer' | 'provider'> | object {
  const party = (role: 'consumer' | 'provider'): object => {
    const name = c.req.param(role)
    return name === undefined ? {} : { [role]: { name } }
  }
  return { ...party('consumer'), ...party('provider') }
}

async function webhooksOf(broker: Broker, c: Context): Promise<Readonly<Record<string, unknown>>> {
  const urls = urlsFor(broker, c)
  const suits = (role: 'consumer' | 'provider', webhook: Webhook): boolean =>
    c.req.param(role) === undefined || !webhook[role] || webhook[role].name === c.req.param(role)
  const webhooks = (await listWebhooks(broker.database)).filter(
    (one) => suits('consumer', one) && suits('provider', one),
  )
  const links = webhooks.map(({ uuid, description }) => ({ name: description ?? uuid, href: urls.webhook(uuid) }))
  return {
    _embedded: { webhooks: webhooks.map((one) => webhookDocument(one, urls)) },
    _links: { self: { href: c.req.url }, 'pb:webhooks': links },
  }
}

async function save(broker: Broker, c: Context, uuid: string): Promise<Response> {
  const { database, settings } = broker
  if (!/^[\w-]{16,}$/.test(uuid)) throw invalid({ uuid: ['must be 16 or more letters, digits, "-" or "_"'] })
  const fields = { ...webhookFields(readBody(WebhookBody, await c.req.text())), ...partiesOf(c) }
  await checkParties(broker, fields)
  checkWebhook(fields, settings.webhooks)
  const isNew = (await findWebhook(database, uuid)) === undefined
  await saveWebhook(database, uuid, keepingPassword(fields, await findWebhook(database, uuid)))
  const urls = urlsFor(broker, c)
  if (isNew) c.header('location', urls.webhook(uuid))
  return hal(c, webhookDocument(orNotFound(await findWebhook(database, uuid)), urls), isNew ? 201 : 200)
}

/** A webhook that is read hides its password; sent back so, it keeps the one it has. */
function keepingPassword(fields: WebhookFields, old: Webhook | undefined): WebhookFields {
  if (fields.request.password !== hidden || !old) return fields
  return { ...fields, request: { ...fields.request, password: old.request.password } }
}

async function checkParties({ database }: Broker, { consumer, provider }: WebhookFields): Promise<void> {
  for (const [role, party] of Object.entries({ consumer, provider })) {
    if (party?.name !== undefined && !(await findPacticipant(database, party.name)))
      throw invalid({ [`${role}.name`]: ['does not match an existing pacticipant'] })
  }
}

/** Calls a webhook now, for the last pact that it is for. */
async function execute(broker: Broker, c: Context, webhook: Webhook): Promise<Response> {
  const { database, webhooks } = broker
  const publication = await lastPactOf(broker, webhook)
  if (!publication) throw new BrokerRefusal(400, { errors: ['there is no pact that this webhook is for'] })
  const verification = await latestVerification(database, publication.contentId)
  const event = webhook.events[0] ?? 'contract_published'
  const variables = await variablesOf(database, { event, publication, verification }, urlsFor(broker, c))
  const { success, status, log } = await webhooks.execute(webhook, variables)
  return hal(c, { success, logs: log, ...(status !== undefined && { response: { status } }) }, success ? 200 : 500)
}

async function lastPactOf({ database }: Broker, { consumer, provider }: Webhook): Promise<Publication | undefined> {
  const edge = {
    ...(consumer?.name !== undefined && { consumer: consumer.name }),
    ...(provider?.name !== undefined && { provider: provider.name }),
  }
  return (await listPublications(database, edge, { limit: 1 }))[0]
}
