import type { Hooks, Instead, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import type { Harmless } from './drift.ts'

type Sent = ReturnType<NonNullable<Hooks['request']>>

/** What several changes can do one after the other. */
const chained: ReadonlySet<string> = new Set(['request', 'reply', 'event', 'frame'])

/**
 * Several changes at the same time, tried by one replay: what is wrong with any of them is wrong with all.
 * @throws TypeError where a change is of a stream as a whole.
 */
export function allAtOnce(changes: readonly Harmless[]): Harmless {
  for (const { name, hooks } of changes) {
    const others = Object.keys(hooks).filter((hook) => !chained.has(hook))
    if (others.length > 0) throw new TypeError(`"${name}" changes ${others.join(', ')}. Try it on its own.`)
  }
  const all = changes.map(({ hooks }) => hooks)
  return {
    name: changes.map(({ name }) => name).join('; '),
    hooks: { ...wholeHooks(all), ...(all.some(({ event }) => event) && { event: eventHook(all) }), ...frameHooks(all) },
  }
}

function wholeHooks(all: readonly Hooks[]): Hooks {
  return {
    request: (request) =>
      all.reduce<Sent>((sent, hooks) => (isRequest(sent) ? (hooks.request?.(sent) ?? sent) : sent), request),
    reply: (reply, request) =>
      all.reduce<ProxiedReply | 'hang' | 'reset'>(
        (given, hooks) => (typeof given === 'string' ? given : (hooks.reply?.(given, request) ?? given)),
        reply,
      ),
  }
}

function isRequest(sent: Sent): sent is ProxiedRequest {
  return typeof sent === 'object' && 'method' in sent
}

function eventHook(all: readonly Hooks[]): NonNullable<Hooks['event']> {
  return (event, request, index) => chain([event], all, (one, hooks) => hooks.event?.(one, request, index) ?? [one])
}

function frameHooks(all: readonly Hooks[]): Hooks {
  if (!all.some(({ frame }) => frame)) return {}
  return {
    frame: ({ direction, data }, request, index) =>
      chain([data], all, (one, hooks) => hooks.frame?.({ direction, data: one }, request, index) ?? [one]),
  }
}

/** Each change acts on all that those before it made; one that ends the connection is the last. */
function chain<T>(first: readonly T[], all: readonly Hooks[], step: (one: T, hooks: Hooks) => Instead<T>): Instead<T> {
  let given: readonly T[] = first
  for (const hooks of all) {
    const next: T[] = []
    for (const one of given) {
      const instead = step(one, hooks)
      if (instead === 'cut' || 'last' in instead) return instead
      next.push(...instead)
    }
    given = next
  }
  return given
}
