import { bearer, cookie, security } from '#harness/contract/security.ts'
import { http } from '#harness/contract/operation.ts'
import { library } from '#harness/serve/example-contract.ts'
import { vault } from '../testing/vault.ts'
import { interactionMistakes } from './check-interaction.ts'
import { expectedRequest } from './expected-request.ts'
import type { AnyInteraction } from './interaction.ts'

const ann = vault.states.keyKnown({ owner: 'ann' })
const store = vault.store({ params: { id: 7 }, body: { what: 'gold' } })
const add = library.addBook({ body: { title: 'Emma', pages: 1 } })

test.each<[string, Pick<AnyInteraction, 'call' | 'credential'>, readonly string[]]>([
  ['a signature', { call: store, credential: 'signature' }, []],
  ['another scheme word', { call: store, credential: { scheme: 'Bearer' } }, []],
  [
    'a token that the operation does not take',
    { call: store, credential: 'bearer' },
    ['credential "bearer" is none that the operation takes'],
  ],
  [
    'any credential of an open operation',
    { call: library.readme(), credential: { scheme: 'Basic' } },
    ['credential: the operation takes none in the Authorization header'],
  ],
  [
    'its own scheme word, in any case',
    { call: store, credential: { scheme: 'sEAL' } },
    ['credential "sEAL" is a scheme word that the operation takes'],
  ],
  [
    'the scheme word of a further carrier',
    { call: add, credential: { scheme: 'Bearer' } },
    ['credential "Bearer" is a scheme word that the operation takes'],
  ],
  ['two words', { call: store, credential: { scheme: 'two words' } }, ['credential "two words" is no scheme word']],
])('a call with %s', (_what, interaction, expected) => {
  expect(interactionMistakes(vault, interaction)).toEqual(expected)
})

test('a cookie has no scheme word to be changed', () => {
  const auth = security('session', { carriers: [cookie('sid')], value: 'key' })
  const operation = http.get('/', { auth, replies: {} })
  const call = { ...store, operation, input: {} }
  expect(interactionMistakes(vault, { call, credential: { scheme: 'Basic' } })).toEqual([
    'credential: the operation takes none in the Authorization header',
  ])
})

test('a credential that no state provides cannot be brought', () => {
  expect(() => expectedRequest(vault, { call: store, credential: 'signature' })).toThrow(
    'store: no state provides "key" for the credential. Add one to "given".',
  )
})

test.each<[string, AnyInteraction, unknown]>([
  [
    'a signature: made by the replay, with the value of the state',
    { given: [ann], call: store },
    {
      value: 'Seal placeholder',
      pattern: '^[Ss]eal +(?:[0-9a-f]{64}|placeholder)$',
      expression: 'Seal sign-with:${key}',
    },
  ],
  [
    'another scheme word',
    { given: [ann], call: store, credential: { scheme: 'X-Old+1' } },
    {
      value: 'X-Old+1 placeholder',
      pattern: '^[Xx]-Old\\+1 +(?:[0-9a-f]{64}|placeholder)$',
      expression: 'X-Old+1 sign-with:${key}',
    },
  ],
  ['none, as asked for', { given: [ann], call: store, credential: 'none' }, undefined],
  ['none, as no state provides one', { call: store }, undefined],
])('a recorded request has in its header %s', (_what, interaction, header) => {
  expect(expectedRequest(vault, interaction).headers['authorization']).toEqual(header)
})

test('of a cookie and a token, the token is what another scheme word is put before', () => {
  const operation = http.get('/', {
    auth: security('session', { carriers: [cookie('sid'), bearer()], value: 'token' }),
    replies: {},
  })
  const call = { ...add, operation, input: {} }
  const given = [library.states.member({ name: 'Ann' })]
  expect(expectedRequest(library, { given, call, credential: { scheme: 'Basic' } }).headers['authorization']).toEqual({
    value: 'Basic placeholder',
    pattern: '^[Bb]asic +\\S+$',
    expression: 'Basic ${token}',
  })
  expect(expectedRequest(library, { given, call }).headers['cookie']).toMatchObject({ expression: 'sid=${token}' })
})
