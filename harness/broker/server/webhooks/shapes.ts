import { z } from 'zod'
import { Name } from '../validate.ts'

/** What a webhook may wait for. */
export const webhookEvents = [
  'contract_published',
  'contract_content_changed',
  'contract_requiring_verification_published',
  'provider_verification_published',
  'provider_verification_succeeded',
  'provider_verification_failed',
] as const
export type WebhookEvent = (typeof webhookEvents)[number]

const Party = z
  .object({ name: Name.optional(), label: Name.optional() })
  .refine(({ name, label }) => (name === undefined) !== (label === undefined), 'must have either a name or a label')

/** Headers by name; also lines of text, as command lines give them. */
const Headers = z.union([
  z.record(z.string(), z.string()),
  z.array(z.string().regex(/^[^:\s]+\s*:/, 'must be of the form "Name: value"')),
])

const Request = z.object({
  method: Name,
  url: Name,
  headers: Headers.nullish(),
  body: z.unknown().optional(),
  username: z.string().nullish(),
  password: z.string().nullish(),
})

/** The body of a webhook. */
export const WebhookBody = z.object({
  description: z.string().nullish(),
  enabled: z.boolean().optional(),
  consumer: Party.nullish(),
  provider: Party.nullish(),
  events: z
    .array(z.object({ name: z.enum(webhookEvents, `must be one of ${webhookEvents.join(', ')}`) }), 'is missing')
    .min(1, "can't be blank"),
  request: Request,
})

/** A webhook as it is kept. */
export type WebhookFields = Readonly<{
  description: string | null
  enabled: boolean
  consumer: Readonly<{ name?: string | undefined; label?: string | undefined }> | null
  provider: Readonly<{ name?: string | undefined; label?: string | undefined }> | null
  events: readonly WebhookEvent[]
  request: Readonly<{
    method: string
    url: string
    headers: Readonly<Record<string, string>>
    body?: unknown
    username?: string | null | undefined
    password?: string | null | undefined
  }>
}>

/** Brings the body of a webhook into the form in which it is kept. */
export function webhookFields(body: z.output<typeof WebhookBody>): WebhookFields {
  return {
    description: body.description ?? null,
    enabled: body.enabled ?? true,
    consumer: body.consumer ?? null,
    provider: body.provider ?? null,
    events: body.events.map(({ name }) => name),
    request: { ...body.request, method: body.request.method.toUpperCase(), headers: headersOf(body.request.headers) },
  }
}

function headersOf(headers: z.output<typeof Headers> | null | undefined): Readonly<Record<string, string>> {
  if (!Array.isArray(headers)) return headers ?? {}
  return Object.fromEntries(
    headers.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  )
}
