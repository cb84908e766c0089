import type { z } from 'zod'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { plannerName } from '#contracts/prometheus/node.ts'
import type { Plan as PlanShape, Verdict as VerdictShape } from '#contracts/prometheus/shapes.ts'
import type { Environment } from '../shared/environment.ts'
import { makeNodeMemory, type NodeMemory } from '../shared/node/memory.ts'

export type Plan = z.output<typeof PlanShape>
export type Verdict = z.output<typeof VerdictShape>
export type PlannerMemory = NodeMemory<Plan>

/** Makes the memory of a planner that waits for nothing. */
export function makePlannerMemory(environment: Environment = {}, now?: () => number): PlannerMemory {
  const { privateKey: developmentKey } = developmentKeys.planner
  return makeNodeMemory({ audience: plannerName, keyVariable: 'PLANNER_PRIVATE_KEY', developmentKey }, environment, now)
}
