import { ConnectionError, ContractViolation, ReplyError } from '#harness/client/errors.ts'
import { insist, tryCall } from './outcome.ts'

const context = { operation: 'GET /jobs', url: 'http://coordinator.test/jobs', requestId: 'id-1' }
const noAnswer = new ConnectionError(context, 'no whole answer')
const refused = (status: number, code?: string): ReplyError =>
  new ReplyError(context, {
    status,
    body: {},
    headers: new Headers(),
    problem: code ? { code, message: '' } : undefined,
  })
const { signal } = new AbortController()

/** A call that fails in these ways, one after the other, before it is answered. */
function failing(...errors: readonly Error[]): () => Promise<string> {
  const left = [...errors]
  return () => {
    const error = left.shift()
    return error ? Promise.reject(error) : Promise.resolve('answer')
  }
}

test.each([
  ['an answer', [], { kind: 'answered', value: 'answer' }],
  ['a refusal', [refused(409, 'lease_lost')], { kind: 'refused', code: 'lease_lost' }],
  ['a refusal without a code', [refused(404)], { kind: 'refused', code: '404' }],
  [
    'an answer outside the contract',
    [new ContractViolation(context, 'no')],
    { kind: 'refused', code: 'contract_violation' },
  ],
  ['a failure of the provider', [refused(500, 'internal_error')], { kind: 'unanswered' }],
  ['no answer', [noAnswer], { kind: 'unanswered' }],
])('a call has %s', async (_what, errors, outcome) => {
  expect(await tryCall(failing(...errors), signal)).toEqual(outcome)
})

test('what is no failure of a call is thrown', async () => {
  await expect(tryCall(failing(new RangeError('too far')), signal)).rejects.toThrow('too far')
})

test('insisting goes on until there is an answer', async () => {
  expect(await insist(failing(noAnswer, refused(503), noAnswer), { signal })).toEqual({
    kind: 'answered',
    value: 'answer',
  })
})

test('insisting ends with a refusal', async () => {
  const call = failing(noAnswer, refused(409, 'abandoned'))
  expect(await insist(call, { signal })).toEqual({ kind: 'refused', code: 'abandoned' })
})

test('insisting ends when it is over, or no longer wanted', async () => {
  let calls = 0
  function call(): Promise<string> {
    calls += 1
    return Promise.reject(noAnswer)
  }
  expect(await insist(call, { signal, isOver: () => calls === 2 })).toEqual({ kind: 'unanswered' })
  expect(calls).toBe(2)
  const control = new AbortController()
  const insisting = insist(call, { signal: control.signal })
  control.abort()
  expect(await insisting).toEqual({ kind: 'unanswered' })
})
