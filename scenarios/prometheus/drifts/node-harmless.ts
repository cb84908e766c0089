import { replyField } from '#harness/drift/deviations.ts'
import type { Harmless } from '#harness/drift/drift.ts'
import { turn } from '#harness/drift/json-place.ts'
import { harmlessEverywhere } from './harmless.ts'

export const harmlessForContainers: readonly Harmless[] = [
  ...harmlessEverywhere,
  {
    name: 'the coordinator within reach, or not',
    hooks: replyField(
      'coordinator',
      turn((reach) => (reach === 'reached' ? 'unreached' : 'reached')),
    ),
  },
]
