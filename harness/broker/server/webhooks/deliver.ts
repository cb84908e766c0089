import type { WebhookRules } from '../settings.ts'
import { urlProblem } from './rules.ts'
import type { WebhookFields } from './shapes.ts'
import { fillIn, type Variables } from './variables.ts'

const patienceMs = 15_000
/** Headers whose values are secrets. */
export const secretHeaders = /authorization|token|secret|cookie|api-?key/i

/** How a call went, with a log that holds no secret. */
export type Delivered = Readonly<{ success: boolean; status: number | undefined; log: string }>

/** Calls a webhook once. Redirects are not followed: they could lead where the rules do not let it go. */
export async function deliver(
  request: WebhookFields['request'],
  variables: Variables,
  { rules, signal }: { rules: WebhookRules; signal: AbortSignal },
): Promise<Delivered> {
  const url = fillIn(request.url, variables, encodeURIComponent)
  const forbidden = urlProblem(url, rules)
  if (forbidden !== undefined) return { success: false, status: undefined, log: `not called: ${url} ${forbidden}\n` }
  const log = [`HTTP/1.1 ${request.method} ${url}`, ...Object.entries(request.headers).map(headerLine)]
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: headersOf(request),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      ...bodyOf(request, variables),
    })
    // What the other side answers stays there: a webhook is no way to read addresses that only the broker reaches.
    await response.body?.cancel()
    const { status } = response
    return { success: response.ok, status, log: `${[...log, `answered with ${status}`].join('\n')}\n` }
  } catch (error) {
    const { message, cause } = error as Error
    const reason = cause instanceof Error ? cause.message : message
    return { success: false, status: undefined, log: `${[...log, `not answered: ${reason}`].join('\n')}\n` }
  }
}

function headerLine([name, value]: [string, string]): string {
  return `${name}: ${secretHeaders.test(name) ? '**********' : value}`
}

function headersOf({ headers, username, password, body }: WebhookFields['request']): Headers {
  const all = new Headers(headers)
  if (body !== undefined && body !== null && !all.has('content-type')) all.set('content-type', 'application/json')
  if (username) all.set('authorization', `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`)
  return all
}

function bodyOf({ method, body }: WebhookFields['request'], variables: Variables): { body?: string } {
  if (method === 'GET' || body === undefined || body === null) return {}
  // In JSON a value stands between quotes, where its own quotes are to be escaped.
  if (typeof body === 'string') return { body: fillIn(body, variables) }
  return { body: fillIn(JSON.stringify(body), variables, (value) => JSON.stringify(value).slice(1, -1)) }
}
