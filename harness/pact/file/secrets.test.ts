import type { PactFile } from './pact-file.ts'
import { secretsIn } from './secrets.ts'

function pactWith(body: unknown, headers: Record<string, string[]> = {}): PactFile {
  return {
    consumer: { name: 'till' },
    provider: { name: 'bank' },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        description: 'pays',
        request: { method: 'POST', path: '/pay', headers, body: { content: body } },
        response: { status: 200 },
      },
    ],
    metadata: { pactSpecification: { version: '4.0' } },
  }
}

const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'c2lnbmF0dXJlLW9mLWl0'].join('.')

test.each([
  ['a token anywhere', { note: `see ${jwt}` }, {}, '$.request.body.content.note'],
  ['a private key', { key: `-----BEGIN ${'RSA PRIVATE'} KEY-----` }, {}, '$.request.body.content.key'],
  ['an AWS key', { id: `AKIA${'A1B2C3D4E5F6G7H8'}` }, {}, '$.request.body.content.id'],
  ['a password', { password: 'hunter2' }, {}, '$.request.body.content.password'],
  ['a bearer header', {}, { Authorization: ['Bearer abc'] }, '$.request.headers.Authorization[0]'],
])('%s is found, at its place', (_what, body, headers, path) => {
  expect(secretsIn(pactWith(body, headers))).toMatchObject([{ code: 'pact-secret', interaction: 'pays', path }])
})

test('placeholders, and fields that only speak of secrets, are none', () => {
  const body = { password: 'placeholder-1', password_hint: 'the usual', token_count: 3 }
  expect(secretsIn(pactWith(body, { Authorization: ['Bearer placeholder'] }))).toEqual([])
})
