import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { TodoResult as TodoResultShape } from '#contracts/prometheus/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'
import { conflict, leaseLost, notFound } from '../refusals.ts'

export type TodoResult = z.output<typeof TodoResultShape>

export type NewResult = Readonly<{
  todoId: string
  claimId: string
  output: string
  metadata: Readonly<Record<string, string>>
}>

/** What containers made. */
export type Results = Readonly<{
  /**
   * Stores a result under the claim that runs. `created` is false where it takes another one's place, or is there.
   * @throws Refusal with 404 where there is no such todo; 409 `conflict` where the claim has another result,
   *   `lease_lost` where it does not hold or is an audit's.
   */
  put: (result: NewResult) => Promise<Readonly<{ created: boolean; result: TodoResult }>>
}>

type ResultRow = { todo_id: string; output: string; metadata: Record<string, string>; stored_at: Date }
type Standing = ResultRow | { [K in keyof ResultRow]: null }

const put = `with held as (select todos.id, todos.result_claim_id
    from todos join claims on claims.id = todos.claim_id
    where todos.id = $1 and todos.claim_id = $2 and todos.lease_expires_at > now() and claims.kind <> 'audit'
      and todos.result_claim_id is distinct from $2
    for update of todos),
  stored as (insert into results (claim_id, todo_id, output, metadata) select $2, id, $3, $4::json from held returning *),
  counted as (update todos set result_claim_id = $2 from held where todos.id = held.id)
  select stored.todo_id, output, metadata, stored_at, held.result_claim_id is null as is_first from stored cross join held`

const standing = `select results.todo_id, output, metadata, stored_at
  from todos left join results on results.claim_id = $2 and results.todo_id = todos.id where todos.id = $1`

/** The results in a database. */
export function resultsIn(database: Queries): Results {
  async function storedBefore({ todoId, claimId, output, metadata }: NewResult): Promise<TodoResult> {
    const [row] = await database.query<Standing>({
      name: 'results.standing',
      text: standing,
      values: [todoId, claimId],
    })
    if (!row) throw notFound('todo')
    if (row.todo_id === null) throw leaseLost()
    const isSame = row.output === output && isDeepStrictEqual({ ...row.metadata }, { ...metadata })
    if (!isSame) throw conflict()
    return resultOf(row)
  }
  return {
    async put(result) {
      const { todoId, claimId, output, metadata } = result
      const [row] = await database.query<ResultRow & { is_first: boolean }>({
        name: 'results.put',
        text: put,
        values: [todoId, claimId, output, JSON.stringify(metadata)],
      })
      if (!row) return { created: false, result: await storedBefore(result) }
      return { created: row.is_first, result: resultOf(row) }
    },
  }
}

function resultOf({ todo_id, output, metadata, stored_at }: ResultRow): TodoResult {
  return { todo_id, output, metadata, stored_at: stored_at.toISOString() }
}
