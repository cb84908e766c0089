import { ConnectionError, ContractViolation, ReplyError, TimeoutError } from '#harness/client/errors.ts'
import { ifFound, isOutOfReach, refusalOf } from './refusal.ts'
import { underClaim } from './under-claim.ts'

const context = { operation: 'getJob (GET /api/swarm/jobs/{job_id})', url: 'http://coordinator.test', requestId: 'r-1' }

function reply(status: number, code: string, details?: readonly { field: string; message: string }[]): ReplyError {
  const body = { error: { code, message: 'No.', ...(details && { details }) } }
  return new ReplyError(context, { status, body, headers: new Headers(), problem: body.error })
}

/** What a gateway says in words of its own. */
const gateway = (status: number, body: unknown = '<h1>Bad gateway</h1>'): ReplyError =>
  new ReplyError(context, { status, body, headers: new Headers(), problem: undefined })

test.each([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
])('%i is of the kind %s, its code beside it', (status, kind) => {
  expect(refusalOf(reply(status, 'why'))).toEqual({ kind, code: 'why', message: 'No.', requestId: 'r-1' })
})

test('422 names the fields that are wrong, where the provider does', () => {
  const details = [{ field: 'body.todos', message: 'Too small.' }]
  expect(refusalOf(reply(422, 'validation_error', details))).toMatchObject({ kind: 'invalid', fields: details })
  expect(refusalOf(reply(422, 'validation_error'))).toMatchObject({ kind: 'invalid', fields: [] })
})

test('any other status is a refusal with that status', () => {
  expect(refusalOf(reply(500, 'internal'))).toMatchObject({ kind: 'refused', status: 500 })
})

test.each([
  ['a lost connection', new ConnectionError(context, 'no whole answer.')],
  ['an answer of a gateway', gateway(502)],
  ['an answer without a word', gateway(404, null)],
  ['anything else', new Error('no')],
])('%s is no refusal', (_what, thrown) => {
  expect(refusalOf(thrown)).toBeUndefined()
})

test.each([
  [true, 'a lost connection', new ConnectionError(context, 'no whole answer.')],
  [true, 'no answer in time', new TimeoutError(context, 'no answer.')],
  [true, 'a gateway that reaches nobody', gateway(502)],
  [false, 'a gateway that refuses by itself', gateway(413)],
  [false, 'a provider that refuses', reply(503, 'maintenance')],
  [false, 'an answer outside the contract', new ContractViolation(context, 'answered 302.')],
])('that nobody can be reached is %s of %s', (expected, _what, thrown) => {
  expect(isOutOfReach(thrown)).toBe(expected)
})

test('what is not there is undefined, and every other failure stays one', async () => {
  expect(await ifFound(Promise.resolve(1))).toBe(1)
  expect(await ifFound(Promise.reject(reply(404, 'not_found')))).toBeUndefined()
  await expect(ifFound(Promise.reject(reply(403, 'forbidden')))).rejects.toThrow('403')
})

test.each([
  [409, 'lease_lost', { kind: 'lease-lost' }],
  [404, 'not_found', { kind: 'lease-lost' }],
  [409, 'conflict', { kind: 'conflict' }],
])('%i %s under a claim is for the node to decide', async (status, code, outcome) => {
  expect(await underClaim(Promise.reject(reply(status, code)))).toEqual(outcome)
})

test.each([
  ['a claim of the wrong kind', reply(409, 'wrong_kind')],
  ['an unknown key', reply(401, 'key_unknown')],
  ['a lost connection', new ConnectionError(context, 'no whole answer.')],
])('%s under a claim is thrown', async (_what, thrown) => {
  await expect(underClaim(Promise.reject(thrown))).rejects.toBe(thrown)
})
