import type { AnyContract } from '#harness/contract/contract.ts'
import type { Hooks, ProxiedEvent, ProxiedFrame, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { halfBytes, halfText } from './break-off.ts'
import { chance } from './chance.ts'
import type { Fault } from './fault.ts'
import { refusalFor } from './refusal.ts'

type Of<K extends Fault['kind']> = Extract<Fault, { kind: K }>

/** What a fault has to know beside itself: whose provider it stands before, and whom it tells each time that it acts. */
export type Setting = Readonly<{ contract: AnyContract | undefined; acted: () => void }>

/** The hooks of one fault, armed from now on: what it counts begins here. */
export function hooksOfFault(fault: Fault, setting: Setting): Hooks {
  switch (fault.kind) {
    case 'latency':
      return latency(fault, setting)
    case 'status':
      return inPlace(fault, setting, (request) => ({ reply: refusalFor(request, fault, setting.contract) }))
    case 'reset':
    case 'hang': {
      const { kind } = fault
      return inPlace(fault, setting, () => kind)
    }
    case 'cut':
      return cut(fault, setting)
    case 'slowTokens':
      return slowTokens(fault, setting)
    case 'malformed':
      return malformed(fault, setting)
    case 'contentType':
      return contentType(fault, setting)
    case 'duplicateMessage':
      return eachMessage(fault, setting, (data) => [data, data])
    case 'dropMessage':
      return eachMessage(fault, setting, () => [])
    default:
      return fault satisfies never
  }
}

/** Of each exchange, whether a fault meets it: the first so many, or all. What it met once it meets to its end. */
function meets({ times }: { times?: number | undefined }, { acted }: Setting): (request: ProxiedRequest) => boolean {
  const met = new Set<number>()
  return ({ id }) => {
    if (met.has(id)) return true
    if (times !== undefined && met.size >= times) return false
    if (times !== undefined) met.add(id)
    acted()
    return true
  }
}

function latency({ ms, spreadMs, seed }: Of<'latency'>, { acted }: Setting): Hooks {
  let count = 0
  return {
    delay() {
      acted()
      return ms + spreadMs * chance(seed, count++)
    },
  }
}

type Answer = (request: ProxiedRequest) => ReturnType<NonNullable<Hooks['request']>>

function inPlace(fault: Of<'status' | 'reset' | 'hang'>, setting: Setting, answer: Answer): Hooks {
  const isMet = meets(fault, setting)
  const hook: Answer = (request) => (isMet(request) ? answer(request) : request)
  return { request: hook, upgrade: hook }
}

function cut(fault: Of<'cut'>, setting: Setting): Hooks {
  const isMet = meets(fault, setting)
  const { afterEvents } = fault
  const last = Math.max(afterEvents - 1, 0)
  function upTo<T>(item: T, request: ProxiedRequest, index: number): readonly T[] | { last: readonly T[] } {
    if (index !== last || !isMet(request)) return [item]
    return { last: afterEvents === 0 ? [] : [item] }
  }
  return {
    event: upTo<ProxiedEvent>,
    frame: ({ direction, data }, request, index) =>
      direction === 'to-client' ? upTo<ProxiedFrame['data']>(data, request, index) : [data],
  }
}

function slowTokens({ firstEventMs, eventsPerSecond, jitter, seed }: Of<'slowTokens'>, { acted }: Setting): Hooks {
  const gap = (index: number): number => {
    acted()
    if (index === 0) return firstEventMs
    return (1000 / eventsPerSecond) * (1 + jitter * (2 * chance(seed, index) - 1))
  }
  return {
    eventDelay: (_event, _request, index) => gap(index),
    frameDelay: ({ direction }, _request, index) => (direction === 'to-client' ? gap(index) : 0),
  }
}

function malformed(fault: Of<'malformed'>, setting: Setting): Hooks {
  const isMet = meets(fault, setting)
  return {
    reply: (reply, request) =>
      reply.body.length > 0 && isMet(request) ? { ...reply, body: halfBytes(reply.body) } : reply,
    event: (event, request) => [isMet(request) ? { ...event, data: halfText(event.data) } : event],
    frame({ direction, data }, request) {
      if (direction === 'to-server' || !isMet(request)) return [data]
      return [typeof data === 'string' ? halfText(data) : halfBytes(data)]
    },
  }
}

function contentType(fault: Of<'contentType'>, setting: Setting): Hooks {
  const isMet = meets(fault, setting)
  function renamed<R extends Readonly<{ headers: Readonly<Record<string, string | string[]>> }>>(
    head: R,
    request: ProxiedRequest,
  ): R {
    if (!('content-type' in head.headers) || !isMet(request)) return head
    return { ...head, headers: { ...head.headers, 'content-type': fault.value } }
  }
  return { reply: renamed, streamHead: renamed }
}

type Message = ProxiedFrame['data']

function eachMessage(
  { every }: Of<'duplicateMessage' | 'dropMessage'>,
  { acted }: Setting,
  instead: (data: Message) => readonly Message[],
): Hooks {
  return {
    frame({ direction, data }, _request, index) {
      if (direction === 'to-server' || (index + 1) % every !== 0) return [data]
      acted()
      return instead(data)
    },
  }
}
