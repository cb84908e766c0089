import { SeenCall } from '../seen-call.ts'

type Body = SeenCall['request']['body']

export type Seen = Readonly<{
  method?: string
  path: string
  query?: Record<string, string[]>
  headers?: Record<string, string>
  body?: unknown
  status?: number
  replyHeaders?: Record<string, string>
  reply?: unknown
  events?: SeenCall['events']
  messages?: SeenCall['messages']
  established?: Readonly<Record<string, Record<string, unknown>>>
  faults?: string[]
}>

/** A call as the control API tells of it, with just what is of interest. JSON stands for bodies of JSON. */
export function seen({ method = 'GET', path, status = 200, ...call }: Seen): SeenCall {
  const at = '2026-01-02T03:04:05.678Z'
  const established = Object.entries(call.established ?? {}).map(([state, params]) => ({
    component: 'library',
    state,
    params,
    at,
  }))
  return SeenCall.parse({
    id: 1,
    at,
    consumer: 'reader',
    provider: 'library',
    method,
    path,
    status,
    milliseconds: 1,
    outcome: 'answered',
    faults: call.faults ?? [],
    match: { kind: 'unrecorded' },
    query: call.query ?? {},
    request: { headers: call.headers ?? {}, body: shown(call.body) },
    reply: { status, headers: call.replyHeaders ?? {}, body: shown(call.reply) },
    events: call.events,
    messages: call.messages,
    cut: false,
    established,
  })
}

function shown(body: unknown): Body {
  if (body === undefined) return { kind: 'none' }
  return typeof body === 'string' ? { kind: 'text', text: body } : { kind: 'json', value: body }
}
