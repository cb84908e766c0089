import type { Operation } from '#harness/contract/operation.ts'
import type { ProxiedReply } from '#harness/stack/proxy/types.ts'
import { onPreflight, onRequest } from './hooks.ts'
import type { Mutant } from './mutant.ts'

/** Milliseconds to wait for what will not come. */
export const silenceMs = 400

const otherMethods = { GET: 'PUT', POST: 'PUT', PUT: 'PATCH', PATCH: 'PUT', DELETE: 'PUT' } as const

/** What may be wrong with an operation as a whole: it is elsewhere, has another verb, does not answer. */
export function operationMutants(name: string, operation: Operation, interactions: readonly number[]): Mutant[] {
  const method = otherMethods[operation.method]
  const whole = (label: string, change: string, hooks: Mutant['hooks']): Mutant => ({
    class: label,
    operation: name,
    place: 'operation',
    change,
    used: true,
    expected: 'caught',
    on: 'exchange',
    hooks,
    interactions,
    severity: 'error',
    advice: 'Record a call of it that is not refused.',
  })
  return [
    whole(
      'C1',
      'at another path',
      onRequest((request) => ({ ...request, path: `/moved${request.path}` })),
    ),
    whole(
      'C2',
      `with the verb ${method}`,
      onRequest((request) => ({ ...request, method })),
    ),
    {
      ...whole(
        'C20',
        'not answered',
        onRequest(() => 'hang'),
      ),
      timeoutMs: silenceMs,
    },
  ]
}

const corsHeaders = ['origin', 'credentials', 'methods', 'headers'].map((what) => `access-control-allow-${what}`)

/** What may be wrong with what a provider says to the preflight of a browser. */
export function preflightMutants(name: string, interactions: readonly number[]): Mutant[] {
  const wrong = (place: string, change: string, apply: (reply: ProxiedReply) => ProxiedReply): Mutant => ({
    class: 'C25',
    operation: name,
    place: `preflight ${place}`,
    change,
    used: true,
    expected: 'caught',
    on: 'exchange',
    hooks: onPreflight(apply),
    interactions,
    severity: 'error',
    advice: 'Record the preflight of a call that needs it.',
  })
  return [
    wrong('status', '405', (reply) => ({ ...reply, status: 405 })),
    ...corsHeaders.map((header) =>
      wrong(header, 'removed', ({ headers: { [header]: _gone, ...headers }, ...reply }) => ({ ...reply, headers })),
    ),
  ]
}
