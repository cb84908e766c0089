import {
  ConnectionError,
  ContractViolation,
  ReplyError,
  StreamBroken,
  TimeoutError,
  type CallContext,
} from '#harness/client/errors.ts'
import { failureOf, isPassing, textOf } from './failure.ts'

const context: CallContext = { operation: 'signIn', url: 'http://backend.test', requestId: 'request-1' }

function refused(status: number, error?: object, headers: Record<string, string> = {}): ReplyError {
  const body = error ? { error } : '<html>'
  return new ReplyError(context, { status, body, headers: new Headers(headers), problem: undefined })
}

const wrong = { code: 'some_code', message: 'Some message.', request_id: 'request-1' }

test.each([
  ['no session', refused(401, wrong), 'unauthorized', 'Some message.'],
  ['something that is not there', refused(404, wrong), 'not-found', 'not there any more'],
  ['a mistake without fields', refused(422, wrong), 'invalid', 'Some message.'],
  [
    'mistakes in fields',
    refused(422, { ...wrong, details: [{ field: 'body.title', message: 'Too short.' }] }),
    'invalid',
    'has to be corrected',
  ],
  ['too many attempts', refused(429, wrong, { 'retry-after': '7' }), 'too-many-attempts', 'Too many attempts'],
  ['a file that is too large', refused(413, wrong), 'refused', 'Some message.'],
  ['a mistake of the server', refused(500, wrong), 'refused', 'Some message.'],
  ['a gateway without a server', refused(502), 'unavailable', 'not available'],
  ['a server that says so', refused(503, wrong), 'unavailable', 'not available'],
  ['no connection', new ConnectionError(context, 'reset'), 'unreachable', 'cannot be reached'],
  ['no answer', new TimeoutError(context, 'no answer'), 'timed-out', 'did not answer in time'],
  ['a stream that ends too early', new StreamBroken(context, 'cut'), 'broken-off', 'broke off'],
  ['an answer outside the contract', new ContractViolation(context, 'no JSON'), 'misunderstood', 'does not understand'],
  ['a mistake of the page', new TypeError('x is undefined'), 'unexpected', 'went wrong on this page'],
])('%s has a kind and a text of its own', (_what, thrown, kind, text) => {
  const failure = failureOf(thrown)
  expect(failure.kind).toBe(kind)
  expect(textOf(failure)).toContain(text)
})

test('what fails on the way may work in a moment, what is refused does not', () => {
  expect(isPassing(failureOf(new TimeoutError(context, 'no answer')))).toBe(true)
  expect(isPassing(failureOf(refused(503)))).toBe(true)
  expect(isPassing(failureOf(refused(404, wrong)))).toBe(false)
  expect(isPassing(failureOf(new ContractViolation(context, 'no JSON')))).toBe(false)
})

test('the request id is kept, to be quoted', () => {
  expect(failureOf(new ConnectionError(context, 'reset'))).toMatchObject({ requestId: 'request-1' })
  expect(failureOf(new Error('no call'))).toMatchObject({ requestId: undefined })
})
