import { redacted, redaction } from './redact.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'
const signature = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9dU3WjHmMzA1dX3W9SJ7oZ8xWqJr3jGvM2qzZkT7Lh4Kab'
const redact = redaction({ BROKER_TOKEN: 'correct horse battery', PGPASSWORD: 'postgres', HOME: '/home/somebody-else' })

test.each([
  ['a header', 'authorization: Bearer hunter2', 'authorization: ***'],
  ['a header of curl', `-H 'Cookie: a=hunter2; b=hunter2' -d '{}'`, `-H 'Cookie: ***' -d '{}'`],
  ['a header as JSON', '"set-cookie": ["token=hunter2; Path=/",\n"b=hunter2"], 1', '"set-cookie": [***], 1'],
  ['a header as text in JSON', '"cookie": "token=hunter2; b=hunter2", 1', '"cookie": "***", 1'],
  ['a signed header', 'x-request-signature: hunter2', 'x-request-signature: ***'],
  ['a header as code', `{ cookie: 'hunter2' }`, `{ cookie: '***' }`],
  ['a field', '{"password":"hunter2","title":"Dune"}', '{"password":"***","title":"Dune"}'],
  [
    'a field of a text in JSON',
    String.raw`"{\"access_token\": \"hunter2\"}"`,
    String.raw`"{\"access_token\": \"***\"}"`,
  ],
  ['a field in a diff', `-   "clientSecret": "hunter2",`, `-   "clientSecret": "***",`],
  ['a query', '/files?token=hunter2&page=2', '/files?token=***&page=2'],
  ['a log line', 'password: hunter2, user: ann', 'password: ***, user: ann'],
  ['a scheme', 'was sent Bearer hunter2hunter2', 'was sent Bearer ***'],
  ['an address', 'postgres://app:hunter2@db/shop', 'postgres://app:***@db/shop'],
  ['a subprotocol', 'chat, bearer.hunter2hunter2', 'chat, bearer.***'],
  ['a JSON Web Token', `got ${jwt}.`, 'got ***.'],
  ['a signature', `signed ${signature}`, 'signed ***'],
  ['a GitHub token', `ghp_${'a1'.repeat(20)}`, '***'],
  ['a variable of the environment', 'as correct horse battery said', 'as *** said'],
])('%s is redacted, and what stands around it is not', (_what, text, expected) => {
  expect(redact(text)).toBe(expected)
  expect(redact(expected)).toBe(expected)
})

test.each([
  'postgres did not start',
  'The event token came twice: token, token, done.',
  '$.reply.body.token: missing',
  'POST /api/auth/token was answered with 401',
  'Basic authentication is not declared.',
  'tokens: 3',
  'commit 3c90b8f2a1b4c5d6e7f8091a2b3c4d5e6f708192',
  '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10',
])('%j stays as it is', (text) => {
  expect(redact(text)).toBe(text)
})

test('texts are redacted at any depth, and nothing else changes', () => {
  const value = { a: [{ message: 'password=hunter2', count: 3, when: null }], b: true }
  expect(redacted(value, redact)).toEqual({ a: [{ message: 'password=***', count: 3, when: null }], b: true })
})
