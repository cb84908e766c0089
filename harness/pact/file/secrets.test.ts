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

/** What ed25519 makes: 64 bytes, here in base58 (a key of its own, made for this test). */
const base58 = `5${'hYq9RkZtW3bVx7NcPdLmJ2sGfEaU8'.repeat(3)}`.slice(0, 88)
const base64 = Buffer.from(Array.from({ length: 64 }, (_byte, index) => (index * 37 + 11) % 256)).toString('base64')

const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'c2lnbmF0dXJlLW9mLWl0'].join('.')

test.each([
  ['a token anywhere', { note: `see ${jwt}` }, {}, '$.request.body.content.note'],
  ['a private key', { key: `-----BEGIN ${'RSA PRIVATE'} KEY-----` }, {}, '$.request.body.content.key'],
  ['an AWS key', { id: `AKIA${'A1B2C3D4E5F6G7H8'}` }, {}, '$.request.body.content.id'],
  ['a password', { password: 'hunter2' }, {}, '$.request.body.content.password'],
  ['a signature behind a dot', { note: `key.1700000000.${base58}` }, {}, '$.request.body.content.note'],
  ['a signature in base64', { proof: base64 }, {}, '$.request.body.content.proof'],
  [
    'a real signature in its header',
    {},
    { authorization: [`Signature ${base58}`] },
    '$.request.headers.authorization[0]',
  ],
  ['a real token in its header', {}, { authorization: [`Bearer ${jwt}`] }, '$.request.headers.authorization[0]'],
  ['a signature of any form in its header', {}, { 'x-signature': ['0badc0de'] }, '$.request.headers.x-signature[0]'],
  [
    'a secret that speaks of a placeholder',
    {},
    { Authorization: ['Basic my-placeholder'] },
    '$.request.headers.Authorization[0]',
  ],
  ['a key to sign with', { private_key: 'abc' }, {}, '$.request.body.content.private_key'],
  ['a bearer header', {}, { Authorization: ['Bearer abc'] }, '$.request.headers.Authorization[0]'],
])('%s is found, at its place', (_what, body, headers, path) => {
  expect(secretsIn(pactWith(body, headers))).toMatchObject([{ code: 'pact-secret', interaction: 'pays', path }])
})

test('placeholders, and fields that only speak of secrets, are none', () => {
  const body = {
    password: 'placeholder-1',
    password_hint: 'the usual',
    token_count: 3,
    path: `/${'some/Folder2/'.repeat(9)}file.txt`,
    heading: 'Chapter-1-'.repeat(12),
    digest: 'a1'.repeat(64),
  }
  expect(secretsIn(pactWith(body, { Authorization: ['Bearer placeholder'] }))).toEqual([])
  expect(secretsIn(pactWith({}, { authorization: ['Signature placeholder'] }))).toEqual([])
})
