import type { Drift } from '#harness/drift/drift.ts'
import { plannerClaims } from './planner-claims.ts'
import { plannerOutcomes } from './planner-outcomes.ts'

/** What a coordinator may do to planners. */
export const nodePlanner: readonly Drift[] = [...plannerClaims, ...plannerOutcomes]
