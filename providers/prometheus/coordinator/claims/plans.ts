import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Plan } from '#contracts/prometheus/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'
import { todoColumns, todoOf, type Todo, type TodoRow } from '../todos/todo-row.ts'
import { callValues, held, released, remembered, underClaim, type ClaimCall } from './under-claim.ts'

/** Plans of jobs. */
export type Plans = Readonly<{
  /** Makes the steps of a plan todos of its job, in order, and the plan done: all of it or nothing. */
  put: (call: ClaimCall, plan: z.output<typeof Plan>) => Promise<readonly Todo[]>
}>

const put = `with ${held('putPlan', ['plan'])},
  steps as (insert into todos (id, job_id, kind, title, description)
    select step.id, held.job_id, 'work', step.title, step.description
      from held, unnest($5::uuid[], $6::text[], $7::text[]) with ordinality as step (id, title, description, place)
      order by step.place
    returning *),
  planned as (update todos set status = 'done', ${released} from held where todos.id = held.id),
  counted as (update jobs set planned = planned + cardinality($5::uuid[]), updated_at = now()
    from held where jobs.id = held.job_id),
  ${remembered('putPlan', 'ends the claim')}
  select ${todoColumns('steps')} from steps join jobs on jobs.id = steps.job_id order by steps.number`

/** The plans in a database. */
export function plansIn(database: Queries): Plans {
  async function stepsOf(planId: string): Promise<readonly Todo[]> {
    const rows = await database.query<TodoRow>({
      name: 'plans.steps',
      text: `select ${todoColumns('todos')} from todos as plan join jobs on jobs.id = plan.job_id
        join todos on todos.job_id = jobs.id and todos.kind = 'work' where plan.id = $1 order by todos.number`,
      values: [planId],
    })
    return rows.map(todoOf)
  }
  return {
    put: (call, plan) =>
      underClaim<readonly Todo[]>(database, call, {
        kinds: ['plan'],
        async once() {
          const rows = await database.query<TodoRow>({
            name: 'plans.put',
            text: put,
            values: [
              ...callValues(call),
              plan.map(() => randomUUID()),
              plan.map(({ title }) => title),
              plan.map(({ description }) => description),
            ],
          })
          return rows.length > 0 ? rows.map(todoOf) : undefined
        },
        again: () => stepsOf(call.todoId),
      }),
  }
}
