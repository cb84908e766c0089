import { isDeepStrictEqual } from 'node:util'
import { jsonCopy, jsonOr } from '#harness/contract/json.ts'
import type { Hooks, ProxiedEvent, ProxiedFrame, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import type { Mutant } from './mutant.ts'
import type { Holder } from './place.ts'

type MutantHooks = Mutant['hooks']

/** What is sent in place of an event, by the events of one stream so far; the same event for "as it is". */
type EventChange = (event: ProxiedEvent, request: ProxiedRequest, index: number) => readonly ProxiedEvent[] | 'cut'

/** A message of a channel, read: `{ type, data }`. */
export type Message = Readonly<{ type: string; data: unknown }>

/** Changes whole replies of one status. Preflights have their own. */
export function onReply(status: number, change: (reply: ProxiedReply) => ProxiedReply): MutantHooks {
  return (changed) => ({
    reply(reply, request) {
      if (request.method === 'OPTIONS' || reply.status !== status) return reply
      const next = change(reply)
      if (next !== reply) changed()
      return next
    },
  })
}

/** Changes the JSON body of replies of one status. */
export function onReplyBody(status: number, change: (holder: Holder) => void): MutantHooks {
  return onReply(status, (reply) => {
    const text = changedJson(reply.body.toString('utf8'), change)
    return text === undefined ? reply : { ...reply, body: Buffer.from(text) }
  })
}

/** Changes requests on their way, or answers them in the provider's place. */
export function onRequest(change: NonNullable<Hooks['request']>): MutantHooks {
  return (changed) => ({
    request(request) {
      if (request.method === 'OPTIONS') return request
      changed()
      return change(request)
    },
  })
}

/** Changes the replies to preflights. */
export function onPreflight(change: (reply: ProxiedReply) => ProxiedReply): MutantHooks {
  return (changed) => ({
    reply(reply, request) {
      if (request.method !== 'OPTIONS') return reply
      changed()
      return change(reply)
    },
  })
}

/** Sends other events in place of those of a stream. */
export function onEvents(change: EventChange): MutantHooks {
  return (changed) => ({
    event(event, request, index) {
      const next = change(event, request, index)
      if (next === 'cut' || next.length !== 1 || next[0] !== event) changed()
      return next
    },
  })
}

/** Changes the JSON data of events of one name. */
export function onEventData(name: string, change: (holder: Holder) => void): MutantHooks {
  return onEvents((event) => {
    const data = event.event === name ? changedJson(event.data, change) : undefined
    return [data === undefined ? event : { ...event, data }]
  })
}

/** Sends other messages in place of those that a channel sends to the client. */
export function onMessages(
  change: (message: Message, request: ProxiedRequest, index: number) => readonly unknown[] | 'cut',
): MutantHooks {
  return (changed) => ({
    frame(frame, request, index) {
      const message = readMessage(frame)
      if (message === undefined) return [frame.data]
      const next = change(message, request, index)
      if (next === 'cut') {
        changed()
        return 'cut'
      }
      if (next.length === 1 && next[0] === message) return [frame.data]
      changed()
      return next.map((one) => JSON.stringify(one))
    },
  })
}

function readMessage({ direction, data }: ProxiedFrame): Message | undefined {
  const read = direction === 'to-client' ? (jsonOr(data.toString(), undefined) as Message | undefined) : undefined
  return typeof read?.type === 'string' ? read : undefined
}

/** Changes the data of messages of one name. */
export function onMessageData(name: string, change: (holder: Holder) => void): MutantHooks {
  return onMessages((message) => {
    if (message.type !== name) return [message]
    const holder: Holder = { value: jsonCopy(message.data) }
    change(holder)
    return [isDeepStrictEqual(holder.value, message.data) ? message : { ...message, data: holder.value }]
  })
}

/** A JSON text with its value changed; undefined where it is none, or nothing changed. */
function changedJson(text: string, change: (holder: Holder) => void): string | undefined {
  const before = jsonOr(text, undefined)
  if (before === undefined) return undefined
  const holder: Holder = { value: jsonCopy(before) }
  change(holder)
  return isDeepStrictEqual(holder.value, before) ? undefined : JSON.stringify(holder.value)
}
