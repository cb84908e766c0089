import type { z } from 'zod'
import type {
  Claim as ClaimShape,
  ClaimKind as ClaimKindShape,
  Job as JobShape,
  JobResult as JobResultShape,
  LogEntry as LogEntryShape,
  NewJob as NewJobShape,
  NewTodoResult as NewTodoResultShape,
  Plan as PlanShape,
  Submission as SubmissionShape,
  Todo as TodoShape,
  TodoResult as TodoResultShape,
  Verdict as VerdictShape,
} from '#contracts/prometheus/shapes.ts'

export type Claim = z.output<typeof ClaimShape>
export type ClaimKind = z.output<typeof ClaimKindShape>
export type Job = z.output<typeof JobShape>
export type JobResult = z.output<typeof JobResultShape>
export type LogEntry = z.output<typeof LogEntryShape>
export type NewJob = z.output<typeof NewJobShape>
export type NewTodoResult = z.output<typeof NewTodoResultShape>
export type Plan = z.output<typeof PlanShape>
export type Submission = z.output<typeof SubmissionShape>
export type Todo = z.output<typeof TodoShape>
export type TodoResult = z.output<typeof TodoResultShape>
export type Verdict = z.output<typeof VerdictShape>
