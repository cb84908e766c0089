import { replyField } from '#harness/drift/deviations.ts'
import type { Harmless } from '#harness/drift/drift.ts'
import { turn, type FieldChange } from '#harness/drift/json-place.ts'
import { harmlessEverywhere } from '../harmless.ts'

const hourLater: FieldChange = turn((time) => new Date(Date.parse(String(time)) + 3_600_000).toISOString())

/** `…+00:00` without fractions in place of `…Z`. */
const otherZone: FieldChange = turn((time) => `${String(time).slice(0, 19)}+00:00`)

export const harmlessForOwners: readonly Harmless[] = [
  ...harmlessEverywhere,
  { name: 'times of jobs in another notation', hooks: replyField('data.created_at', otherZone) },
]

export const harmlessForNodes: readonly Harmless[] = [
  ...harmlessEverywhere,
  { name: 'a longer lease', hooks: replyField('data.lease_expires_at', hourLater) },
]

export const harmlessForContainers: readonly Harmless[] = [
  ...harmlessEverywhere,
  { name: 'times of results in another notation', hooks: replyField('data.stored_at', otherZone) },
]
