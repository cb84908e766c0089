import { runningBoard } from '../testing/running-board.ts'
import { putAudit } from './claimed-work.ts'
import { putTodoResult } from './results.ts'

const lost = expect.objectContaining({ status: 409, code: 'lease_lost' }) as Error
const conflict = expect.objectContaining({ status: 409, code: 'conflict' }) as Error

test('the first result of a claim is new, the same again is not, another one is a conflict', () => {
  const { board, planned, claim } = runningBoard()
  planned('Pack')
  const { todoId, claimId: claim_id } = claim('work')
  const stored = putTodoResult(board, todoId, { claim_id, output: 'Packed.', metadata: { bags: '2' } })
  expect(stored).toEqual({
    isNew: true,
    result: {
      todo_id: todoId,
      output: 'Packed.',
      metadata: { bags: '2' },
      stored_at: '2026-01-01T00:00:00.000Z',
    },
  })
  expect(putTodoResult(board, todoId, { claim_id, output: 'Packed.', metadata: { bags: '2' } })).toEqual({
    ...stored,
    isNew: false,
  })
  expect(() => putTodoResult(board, todoId, { claim_id, output: 'Packed.' })).toThrow(conflict)
  expect(() => putTodoResult(board, todoId, { claim_id, output: 'Lost.', metadata: { bags: '2' } })).toThrow(conflict)
})

test('a claim that holds replaces the result of an earlier one, which changes nothing when it comes again', () => {
  const { board, planned, claim, pass } = runningBoard()
  planned('Pack')
  const first = claim('work')
  putTodoResult(board, first.todoId, { claim_id: first.claimId, output: 'One bag.' })
  pass(60)
  const second = claim('work')
  const stored = putTodoResult(board, second.todoId, { claim_id: second.claimId, output: 'Two bags.' })
  expect(stored).toMatchObject({ isNew: false, result: { output: 'Two bags.' } })
  expect(stored.result).toEqual(board.results.get(first.todoId)?.result)
  const late = (output: string) => () => putTodoResult(board, first.todoId, { claim_id: first.claimId, output })
  expect(late('No bag.')).toThrow(conflict)
  expect(late('One bag.')()).toMatchObject({ isNew: false, result: { output: 'One bag.' } })
  expect(board.results.get(first.todoId)?.result.output).toBe('Two bags.')
})

test('a claim that ended without a result stores none', () => {
  const { board, planned, claim, pass } = runningBoard()
  planned('Pack')
  const { todoId, claimId: claim_id } = claim('work')
  pass(60)
  expect(() => putTodoResult(board, todoId, { claim_id, output: 'Packed.' })).toThrow(lost)
})

test('a claim on another todo, an audit’s, and one that was rejected are lost', () => {
  const { board, planned, claim, submitted } = runningBoard()
  planned('Pack', 'Go')
  const rejected = submitted()
  const audit = claim('audit')
  const put = (todoId: string, claim_id: string) => () => putTodoResult(board, todoId, { claim_id, output: 'Done.' })
  expect(put(rejected.todoId, audit.claimId)).toThrow(lost)
  putAudit(board, audit, { approved: false, reason: 'Too long.' })
  expect(put(rejected.todoId, rejected.claimId)).toThrow(lost)
  const again = claim('work')
  const other = claim('work')
  expect(put(again.todoId, other.claimId)).toThrow(lost)
  expect(put(crypto.randomUUID(), other.claimId)).toThrow(expect.objectContaining({ status: 404 }) as Error)
})
