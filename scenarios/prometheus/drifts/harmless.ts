import { replyField } from '#harness/drift/deviations.ts'
import type { Harmless } from '#harness/drift/drift.ts'
import { harmlessReplies } from '#harness/drift/harmless.ts'
import { set } from '#harness/drift/json-place.ts'

/** Changes that any component of this system may make at any time. */
export const harmlessEverywhere: readonly Harmless[] = [
  ...harmlessReplies,
  {
    name: 'other words for people',
    hooks: replyField('error.message', set('Das geht nicht.'), ({ status }) => status >= 400),
  },
]
