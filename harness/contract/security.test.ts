import { bearer, cookie, credentialHeader, readCredential, security } from './security.ts'

const session = security('session', { carriers: [cookie('token'), bearer()], value: 'token' })

test.each([
  ['a cookie', { cookie: 'theme=dark; token=abc=; x=1' }, { carrier: 'cookie', value: 'abc=' }],
  ['a bearer token, its scheme word in any case', { authorization: 'bEARER abc' }, { carrier: 'bearer', value: 'abc' }],
  [
    'a bearer token as a subprotocol',
    { 'sec-websocket-protocol': 'messages, bearer.abc' },
    { carrier: 'bearer', value: 'abc' },
  ],
  [
    'the cookie where both are there',
    { cookie: 'token=one', authorization: 'Bearer two' },
    { carrier: 'cookie', value: 'one' },
  ],
  ['nothing of another scheme', { authorization: 'Basic YTpi' }, undefined],
  ['nothing of a longer cookie name', { cookie: 'mytoken=abc' }, undefined],
  ['nothing of an empty value', { cookie: 'token=' }, undefined],
])('reads %s', (_what, headers, credential) => {
  expect(readCredential(session, new Headers(headers as Record<string, string>))).toEqual(credential)
})

test('a value is carried as it is read', () => {
  for (const carrier of session.carriers) {
    const [name, value] = credentialHeader(carrier, 'abc')
    expect(readCredential(session, new Headers({ [name]: value }))).toEqual({ carrier: carrier.kind, value: 'abc' })
  }
})
