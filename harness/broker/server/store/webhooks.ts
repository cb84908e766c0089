import type { Sql } from './database.ts'
import type { WebhookFields } from '../webhooks/shapes.ts'

export type Webhook = WebhookFields & Readonly<{ id: number; uuid: string; createdAt: Date; updatedAt: Date }>

/** One call of a webhook. */
export type WebhookRun = Readonly<{
  uuid: string
  webhook: string
  event: string
  status: string
  log: string
  createdAt: Date
}>

const select = `select id, uuid, description, enabled, consumer, provider, events, request, created_at as "createdAt",
  updated_at as "updatedAt" from webhooks`

export async function listWebhooks(sql: Sql): Promise<readonly Webhook[]> {
  return sql.rows<Webhook>(`${select} order by id`)
}

export async function findWebhook(sql: Sql, uuid: string): Promise<Webhook | undefined> {
  const [found] = await sql.rows<Webhook>(`${select} where uuid = $1`, [uuid])
  return found
}

/** Makes or changes the webhook of a UUID. */
export async function saveWebhook(sql: Sql, uuid: string, fields: WebhookFields): Promise<void> {
  const { description, enabled, consumer, provider, events, request } = fields
  await sql.rows(
    `insert into webhooks (uuid, description, enabled, consumer, provider, events, request)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (uuid) do update set description = excluded.description, enabled = excluded.enabled,
       consumer = excluded.consumer, provider = excluded.provider, events = excluded.events, request = excluded.request,
       updated_at = now()`,
    [
      uuid,
      description ?? null,
      enabled,
      consumer ? JSON.stringify(consumer) : null,
      provider ? JSON.stringify(provider) : null,
      events,
      JSON.stringify(request),
    ],
  )
}

export async function deleteWebhook(sql: Sql, uuid: string): Promise<void> {
  await sql.rows('delete from webhooks where uuid = $1', [uuid])
}

export async function startRun(sql: Sql, webhookId: number, event: string): Promise<string> {
  const [made] = await sql.rows<{ uuid: string }>(
    "insert into webhook_runs (webhook_id, event, status) values ($1, $2, 'not_run') returning uuid",
    [webhookId, event],
  )
  return made?.uuid ?? ''
}

export async function updateRun(
  sql: Sql,
  uuid: string,
  { status, log }: { status: 'success' | 'retrying' | 'failure'; log: string },
): Promise<void> {
  await sql.rows('update webhook_runs set status = $2, log = log || $3 where uuid = $1', [uuid, status, log])
}

export async function findRun(sql: Sql, uuid: string): Promise<WebhookRun | undefined> {
  const [found] = await sql.rows<WebhookRun>(
    `select r.uuid, w.uuid as webhook, r.event, r.status, r.log, r.created_at as "createdAt"
     from webhook_runs r join webhooks w on w.id = r.webhook_id where r.uuid::text = $1`,
    [uuid],
  )
  return found
}

/** The last calls of a webhook. */
export async function listRuns(sql: Sql, webhookId: number): Promise<readonly WebhookRun[]> {
  return sql.rows<WebhookRun>(
    `select r.uuid, w.uuid as webhook, r.event, r.status, r.log, r.created_at as "createdAt"
     from webhook_runs r join webhooks w on w.id = r.webhook_id where w.id = $1 order by r.created_at desc limit 50`,
    [webhookId],
  )
}
