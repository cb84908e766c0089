import { z } from 'zod'
import { exactly, matching } from './example.ts'
import { exampleMistakes, jsonPath, partialOf } from './partial.ts'
import { secret } from './schema.ts'

const Account = z.object({
  id: z.uuid(),
  email: z.email(),
  password: secret(z.string()),
  role: z.enum(['user', 'admin']),
  manager: z.string().nullable(),
  tags: z.array(z.object({ name: z.string(), weight: z.number() })),
  contact: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('mail'), address: z.email() }),
    z.object({ kind: z.literal('phone'), number: z.string() }),
  ]),
})

test.each([
  ['just some of the fields', { role: 'admin' }],
  ['just some of the fields further down', { tags: [{ name: 'new' }] }],
  ['null where it may be', { manager: null }],
  ['one alternative of a union, in part', { contact: { kind: 'phone' } }],
  ['marked values', { email: exactly('ann@example.com'), tags: [{ name: matching('[a-z]+', 'new') }] }],
  ['a placeholder for a secret', { password: 'placeholder-1' }],
  ['an empty list', { tags: [] }],
])('an example may have %s', (_what, example) => {
  expect(exampleMistakes(Account, example)).toEqual([])
})

test.each([
  [
    'a wrong type',
    { tags: [{ name: 'new', weight: 'heavy' }] },
    '$.tags[0].weight: Invalid input: expected number, received string',
  ],
  ['a wrong format', { id: 'conv-1' }, '$.id: Invalid UUID'],
  ['a value that an enum does not have', { role: 'root' }, '$.role: Invalid option: expected one of "user"|"admin"'],
  ['null where it may not be', { email: null }, '$.email: Invalid input: expected string, received null'],
  [
    'a field that the contract does not have',
    { tags: [{ label: 'x' }] },
    '$.tags[0].label: the contract has no such field.',
  ],
  ['a marked value of a wrong type', { id: exactly('conv-1') }, '$.id: Invalid UUID'],
  [
    'a secret that is no placeholder',
    { password: 'hunter2' },
    '$.password: a secret needs a placeholder in an example, such as "placeholder-1".',
  ],
])('an example may not have %s', (_what, example, mistake) => {
  expect(exampleMistakes(Account, example)).toContain(mistake)
})

test('a value is read whole, with its defaults, or with the places of its gaps', () => {
  const Page = z.object({ items: z.array(z.object({ id: z.int(), name: z.string() })), page: z.int().default(1) })
  expect(partialOf(Page, { items: [] })).toEqual({ kind: 'whole', value: { items: [], page: 1 } })
  expect(partialOf(Page, { items: [{ id: 1 }] })).toEqual({ kind: 'gaps', missing: [['items', 0, 'name']], wrong: [] })
  expect(partialOf(Page, { items: [{ id: 'x' }] })).toMatchObject({
    missing: [['items', 0, 'name']],
    wrong: [{ place: ['items', 0, 'id'] }],
  })
  expect(partialOf(Page, 'text')).toMatchObject({ missing: [], wrong: [{ place: [] }] })
})

test('a place is written as a JSON path', () => {
  expect(jsonPath(['data', 0, 'set-cookie', 'title'])).toBe("$.data[0]['set-cookie'].title")
})

test('a pattern has to match the whole of its example', () => {
  expect(() => matching('^token=', 'token=placeholder')).toThrow('does not match')
  expect(matching('^token=.*$', 'token=placeholder').value).toBe('token=placeholder')
})
