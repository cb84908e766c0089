import { ConnectionError, ReplyError } from '#harness/client/errors.ts'
import { refusalOf } from './refusal.ts'

const context = { operation: 'whoAmI (GET /api/auth/me)', url: 'http://backend.test/api/auth/me', requestId: 'req-1' }

function replied(status: number, body: unknown, headers: Record<string, string> = {}): ReplyError {
  return new ReplyError(context, { status, body, headers: new Headers(headers), problem: undefined })
}

const error = { code: 'some_code', message: 'Some words.' }
const common = { ...error, requestId: 'req-1' }

test.each([
  [401, {}, { kind: 'unauthorized' }],
  [404, {}, { kind: 'not-found' }],
  [422, {}, { kind: 'invalid', fields: [] }],
  [429, {}, { kind: 'too-many-attempts', waitSeconds: undefined }],
  [429, { 'retry-after': '30' }, { kind: 'too-many-attempts', waitSeconds: 30 }],
  [413, {}, { kind: 'refused', status: 413 }],
  [500, {}, { kind: 'refused', status: 500 }],
])('a %i is told with its code, words and request id', (status, headers, kind) => {
  expect(refusalOf(replied(status, { error }, headers))).toEqual({ ...common, ...kind })
})

test('what is not valid is told field by field', () => {
  const details = [{ field: 'body.title', message: 'Too small' }]
  expect(refusalOf(replied(422, { error: { ...error, details } }))).toMatchObject({ fields: details })
})

test.each([
  ['an answer of something on the way', replied(502, '<h1>Bad gateway</h1>')],
  ['a store that is not healthy', replied(503, { database: 'unhealthy' })],
  ['a lost connection', new ConnectionError(context, 'lost')],
  ['a mistake of the page', new TypeError('x is undefined')],
  ['nothing', undefined],
])('%s is no refusal', (_what, thrown) => {
  expect(refusalOf(thrown)).toBeUndefined()
})
