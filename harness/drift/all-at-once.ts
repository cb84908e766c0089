import type { Hooks, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import type { Harmless } from './drift.ts'

type Sent = ReturnType<NonNullable<Hooks['request']>>

/**
 * Several changes at the same time, tried by one replay: what is wrong with any of them is wrong with all.
 * @throws TypeError where a change is none of whole requests and replies.
 */
export function allAtOnce(changes: readonly Harmless[]): Harmless {
  for (const { name, hooks } of changes) {
    const others = Object.keys(hooks).filter((hook) => hook !== 'request' && hook !== 'reply')
    if (others.length > 0) throw new TypeError(`"${name}" changes ${others.join(', ')}. Try it on its own.`)
  }
  return {
    name: changes.map(({ name }) => name).join('; '),
    hooks: {
      request: (request) =>
        changes.reduce<Sent>((sent, { hooks }) => (isRequest(sent) ? (hooks.request?.(sent) ?? sent) : sent), request),
      reply: (reply, request) =>
        changes.reduce<ProxiedReply | 'hang' | 'reset'>(
          (given, { hooks }) => (typeof given === 'string' ? given : (hooks.reply?.(given, request) ?? given)),
          reply,
        ),
    },
  }
}

function isRequest(sent: Sent): sent is ProxiedRequest {
  return typeof sent === 'object' && 'method' in sent
}
