import type { Hooks, Instead } from '#harness/stack/proxy/types.ts'

type Hook<N extends keyof Hooks> = Extract<NonNullable<Hooks[N]>, (...given: never[]) => unknown>
type Answered = ReturnType<Hook<'request'>>

/**
 * Several hooks as one, each over what those before it made: the first that answers a request has answered it, and all
 * delays add up.
 */
export function combineHooks(all: readonly Hooks[]): Hooks {
  const [only] = all
  if (only && all.length === 1) return only
  const each = <N extends keyof Hooks>(name: N): NonNullable<Hooks[N]>[] =>
    all.flatMap((hooks) => (hooks[name] === undefined ? [] : [hooks[name]]))
  return {
    ...oneForRequests('request', each('request')),
    ...oneForRequests('upgrade', each('upgrade')),
    ...oneForReplies(each('reply')),
    ...oneForHeads(each('streamHead')),
    ...oneForEnds(each('streamEnd')),
    ...(each('holdEvents').some(Boolean) && { holdEvents: true }),
    ...oneForItems(each('event'), each('frame')),
    ...delays(each('delay'), each('eventDelay'), each('frameDelay')),
  }
}

function oneForRequests(name: 'request' | 'upgrade', hooks: readonly Hook<'request'>[]): Hooks {
  if (hooks.length === 0) return {}
  return {
    [name]: (request: Parameters<Hook<'request'>>[0]) =>
      hooks.reduce<Answered>(
        (sent, hook) => (typeof sent === 'object' && 'method' in sent ? hook(sent) : sent),
        request,
      ),
  }
}

function oneForReplies(hooks: readonly Hook<'reply'>[]): Hooks {
  if (hooks.length === 0) return {}
  return {
    reply: (reply, request) =>
      hooks.reduce<ReturnType<Hook<'reply'>>>(
        (given, hook) => (typeof given === 'string' ? given : hook(given, request)),
        reply,
      ),
  }
}

function oneForHeads(hooks: readonly Hook<'streamHead'>[]): Hooks {
  if (hooks.length === 0) return {}
  return { streamHead: (head, request) => hooks.reduce((given, hook) => hook(given, request), head) }
}

function oneForEnds(hooks: readonly Hook<'streamEnd'>[]): Hooks {
  if (hooks.length === 0) return {}
  return {
    streamEnd(request) {
      const ends = hooks.map((hook) => hook(request))
      return {
        events: ends.flatMap(({ events = [] }) => events),
        keepOpen: ends.some(({ keepOpen }) => keepOpen === true),
      }
    },
  }
}

function oneForItems(event: readonly Hook<'event'>[], frame: readonly Hook<'frame'>[]): Hooks {
  return {
    ...(event.length > 0 && {
      event: (given, request, index) => inTurn(given, event, (hook, one) => hook(one, request, index)),
    }),
    ...(frame.length > 0 && {
      frame: ({ direction, data }, request, index) =>
        inTurn(data, frame, (hook, one) => hook({ direction, data: one }, request, index)),
    }),
  }
}

/** Each hook gets what those before it put in the item's place. Where one ends the connection, nothing comes after. */
function inTurn<T, H>(item: T, hooks: readonly H[], call: (hook: H, item: T) => Instead<T>): Instead<T> {
  let items: readonly T[] = [item]
  let ends = false
  for (const hook of hooks) {
    const next: T[] = []
    for (const one of items) {
      const instead = call(hook, one)
      const isList = Array.isArray(instead)
      if (instead !== 'cut') next.push(...('last' in instead ? instead.last : instead))
      if (isList) continue
      ends = true
      break
    }
    items = next
  }
  return ends ? { last: items } : items
}

function delays(
  delay: readonly Hook<'delay'>[],
  eventDelay: readonly Hook<'eventDelay'>[],
  frameDelay: readonly Hook<'frameDelay'>[],
): Hooks {
  return {
    ...(delay.length > 0 && { delay: (request) => sum(delay, (hook) => hook(request)) }),
    ...(eventDelay.length > 0 && {
      eventDelay: (event, request, index) => sum(eventDelay, (hook) => hook(event, request, index)),
    }),
    ...(frameDelay.length > 0 && {
      frameDelay: (frame, request, index) => sum(frameDelay, (hook) => hook(frame, request, index)),
    }),
  }
}

function sum<H>(hooks: readonly H[], call: (hook: H) => number): number {
  return hooks.reduce((total, hook) => total + call(hook), 0)
}
