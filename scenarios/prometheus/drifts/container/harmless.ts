import { replyField } from '#harness/drift/deviations.ts'
import type { Harmless } from '#harness/drift/drift.ts'
import { turn } from '#harness/drift/json-place.ts'
import { harmlessEverywhere } from '../harmless.ts'

function more(path: string, item: unknown): Harmless['hooks'] {
  return replyField(
    'data',
    turn((list) => [...(list as unknown[]), item]),
    ({ status }, request) => status === 200 && request.path === path,
  )
}

export const harmlessForNodes: readonly Harmless[] = [
  ...harmlessEverywhere,
  { name: 'more models', hooks: more('/api/models', { name: 'claude', provider: 'anthropic' }) },
  { name: 'more ways to work together', hooks: more('/api/swarm-types', 'MajorityVoting') },
]
