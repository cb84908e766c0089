import { z } from 'zod'
import { Plan, Verdict } from '#contracts/prometheus/shapes.ts'
import { AuditClaim, taskSchema, TodoClaim } from '../shared/tasks/task.ts'

const PlannerClaim = z.union([TodoClaim, AuditClaim])
export type PlannerClaim = z.output<typeof PlannerClaim>

/** The outcome of a plan, or of an audit. */
const PlannerReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), steps: Plan }),
  z.object({ kind: z.literal('verdict'), ...Verdict.shape }),
])
export type PlannerReport = z.output<typeof PlannerReport>

export const plannerTask = taskSchema(PlannerClaim, PlannerReport)
