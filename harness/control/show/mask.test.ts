import { z } from 'zod'
import { secret } from '#harness/contract/schema.ts'
import { maskHeaders } from './mask-headers.ts'
import { maskText, maskValue } from './mask.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'

test('what the schema calls a secret is masked, wherever it stands', () => {
  const Account = z.object({ email: z.string(), pin: secret(z.string()) })
  const schema = z.object({ accounts: z.array(z.union([z.null(), Account])), by: z.record(z.string(), Account) })
  expect(
    maskValue({ accounts: [null, { email: 'a@b.c', pin: '1' }], by: { x: { email: 'd@e.f', pin: '2' } } }, schema),
  ).toEqual({ accounts: [null, { email: 'a@b.c', pin: '***' }], by: { x: { email: 'd@e.f', pin: '***' } } })
})

test.each([
  ['password', 'x', '***'],
  ['access_token', 'x', '***'],
  ['token', 'x', '***'],
  ['clientSecret', 'x', 'x'],
  ['client_secret', 'x', '***'],
  ['api_key', 'x', '***'],
  ['tokens', 3, 3],
  ['token', null, null],
  ['text', `token ${jwt}`, 'token ***'],
])('a field %s with %j is shown as %j', (name, value, shown) => {
  expect(maskValue({ [name]: value })).toEqual({ [name]: shown })
})

test('a private key is masked in any text', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqG\n-----END PRIVATE KEY-----'
  expect(maskText(`key:\n${key}\nend`)).toBe('key:\n***\nend')
})

test('of headers the scheme words and the names of cookies stay', () => {
  expect(
    maskHeaders({
      authorization: `Bearer ${jwt}`,
      'proxy-authorization': 'opaque',
      cookie: 'token=abc; theme=dark',
      'set-cookie': ['token=abc; Path=/; HttpOnly', 'theme=dark'],
      'sec-websocket-protocol': 'chat, bearer.abc',
      'x-api-key': 'abc',
      'x-request-id': 'abc',
      'content-type': 'text/plain',
    }),
  ).toEqual({
    authorization: 'Bearer ***',
    'proxy-authorization': '***',
    cookie: 'token=***; theme=***',
    'set-cookie': ['token=***; Path=/; HttpOnly', 'theme=***'],
    'sec-websocket-protocol': 'chat, bearer.***',
    'x-api-key': '***',
    'x-request-id': 'abc',
    'content-type': 'text/plain',
  })
})
