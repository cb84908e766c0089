import type { Hooks, ProxiedEvent, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { changeField, type FieldChange } from './json-place.ts'

/** Which replies a deviation is applied to. */
export type When = (reply: ProxiedReply, request: ProxiedRequest) => boolean

const success: When = ({ status }) => status < 300

/** Changes a field of JSON replies: `replyField('data[].title', drop)`. */
export function replyField(place: string, change: FieldChange, when: When = () => true): Hooks {
  return replyBody((body) => {
    changeField(body, place, change)
    return body
  }, when)
}

/** Changes the JSON body of replies as a whole. */
export function replyBody(change: (body: unknown, request: ProxiedRequest) => unknown, when: When = success): Hooks {
  return {
    reply(reply, request) {
      if (!when(reply, request) || reply.body.length === 0) return reply
      return withJson(reply, change(JSON.parse(reply.body.toString('utf8')), request))
    },
  }
}

/** Changes status, headers or raw body of replies. */
export function replyAs(change: (reply: ProxiedReply) => ProxiedReply, when: When = success): Hooks {
  return { reply: (reply, request) => (when(reply, request) ? change(reply) : reply) }
}

/** Gives another answer than some replies are: what was refused is done, or the other way round. No body where it is undefined. */
export function repliedWith(status: number, body: unknown, when: When = success): Hooks {
  return replyAs((reply) => {
    if (body !== undefined) return withJson({ ...reply, status }, body)
    const { 'content-type': _type, 'content-length': _length, ...headers } = reply.headers
    return { status, headers, body: Buffer.alloc(0) }
  }, when)
}

/** Takes a header away from replies. */
export function withoutReplyHeader(name: string, when: When = () => true): Hooks {
  return replyAs(({ headers, ...reply }) => {
    const { [name]: _dropped, ...rest } = headers
    return { ...reply, headers: rest }
  }, when)
}

/** A reply with a JSON body in place of its own. */
export function withJson(reply: ProxiedReply, body: unknown): ProxiedReply {
  return {
    ...reply,
    headers: { ...reply.headers, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  }
}

/** Sends requests on to another path. */
export function requestPath(change: (path: string) => string): Hooks {
  return { request: (request) => ({ ...request, path: change(request.path) }) }
}

/** Sends requests on with another method. */
export function requestMethod(method: string): Hooks {
  return { request: (request) => ({ ...request, method }) }
}

/** Changes a header of requests; one that is not sent is left alone. */
export function requestHeader(name: string, change: (value: string) => string): Hooks {
  return {
    request({ headers, ...request }) {
      const value = headers[name]
      return { ...request, headers: { ...headers, ...(typeof value === 'string' && { [name]: change(value) }) } }
    },
  }
}

/** Some requests are never answered. */
export function unanswered(when: (request: ProxiedRequest) => boolean = () => true): Hooks {
  return { request: (request) => (when(request) ? 'hang' : request) }
}

/** A header of the request never reaches the provider. */
export function withoutRequestHeader(name: string): Hooks {
  const change = (request: ProxiedRequest): ProxiedRequest => {
    const { [name]: _dropped, ...headers } = request.headers
    return { ...request, headers }
  }
  return { request: change, upgrade: change }
}

/** Answers in the provider's place. */
export function answered(status: number, body: unknown, headers: Record<string, string> = {}): Hooks {
  const reply = {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
  }
  return { request: () => ({ reply }), upgrade: () => ({ reply }) }
}

/** Answers with a page in the provider's place, as frameworks do by themselves. */
export function answeredPage(status: number, html: string): Hooks {
  const reply = { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(html) }
  return { request: () => ({ reply }) }
}

/** The parsed data of an event, for a change that gives the data to send. */
export function eventData(name: string, change: (data: Record<string, unknown>) => unknown): Hooks {
  return events((event) =>
    event.event === name
      ? [{ ...event, data: JSON.stringify(change(JSON.parse(event.data) as Record<string, unknown>)) }]
      : [event],
  )
}

/** The events sent in place of each event. */
export function events(change: (event: ProxiedEvent, index: number) => readonly ProxiedEvent[] | 'cut'): Hooks {
  return { event: (event, _request, index) => change(event, index) }
}

type Frame = { type: string; data: Record<string, unknown> }

/** The messages sent to the client in place of each message; undefined sends none. */
export function messages(change: (message: Frame) => unknown): Hooks {
  return {
    frame({ direction, data }) {
      if (direction === 'to-server') return [data]
      const changed = change(JSON.parse(data.toString()) as Frame)
      return changed === undefined ? [] : [JSON.stringify(changed)]
    },
  }
}
