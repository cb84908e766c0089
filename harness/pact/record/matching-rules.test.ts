import { z } from 'zod'
import { exactly, matching } from '#harness/contract/example.ts'
import { rulesFor } from './matching-rules.ts'

const Item = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  mail: z.email(),
  name: z.string(),
  count: z.int(),
  weight: z.number(),
  open: z.boolean(),
  role: z.enum(['user', 'a.b']),
  kind: z.literal('item'),
  path: z.string().regex(/^\d{4}$/),
  parent: z.string().nullable(),
  tags: z.array(z.object({ label: z.string() })),
})

function ruleAt(example: Record<string, unknown>, path: string): unknown {
  return rulesFor(Item, example).find((rule) => rule.path === path)?.rules[0]
}

test.each([
  ['at', '2026-01-01T00:00:00Z', { match: 'regex', regex: expect.stringContaining('T') }],
  ['mail', 'a@b.de', { match: 'regex', regex: '^[^@\\s]+@[^@\\s]+$' }],
  ['name', 'x', { match: 'type' }],
  ['count', 1, { match: 'integer' }],
  ['weight', 1.5, { match: 'number' }],
  ['open', true, { match: 'boolean' }],
  ['role', 'user', { match: 'regex', regex: '^(user|a\\.b)$' }],
  ['kind', 'item', { match: 'equality' }],
  ['path', '2026', { match: 'regex', regex: '^\\d{4}$' }],
  ['parent', 'x', { match: 'type' }],
  ['parent', null, { match: 'equality' }],
  ['name', exactly('x'), { match: 'equality' }],
  ['name', matching('^x+$', 'xx'), { match: 'regex', regex: '^x+$' }],
])('the matcher of %s: %p follows from the schema', (field, value, rule) => {
  expect(ruleAt({ [field]: value }, `$.${field}`)).toEqual(rule)
})

test('a pattern that takes null or a number as it is written has the type of a text beside it', () => {
  const Named = z.object({
    owner: z.string().regex(/^[A-Za-z0-9-]{1,39}$/),
    digits: z.string().regex(/^\d{6}$/),
    id: z.uuid(),
  })
  const example = { owner: 'ann', digits: '202601', id: '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10' }
  expect(rulesFor(Named, example).map(({ rules }) => rules.map(({ match }) => match))).toEqual([
    ['regex', 'type'],
    ['regex', 'type'],
    ['regex'],
  ])
})

test('a list of one is one or more like it, of several place by place, an empty one empty', () => {
  expect(rulesFor(Item, { tags: [{ label: 'a' }] })).toEqual([
    { path: '$.tags', rules: [{ match: 'type', min: 1 }] },
    { path: '$.tags[*].label', rules: [{ match: 'type' }] },
  ])
  expect(rulesFor(Item, { tags: [{ label: 'a' }, { label: exactly('b') }] })).toEqual([
    { path: '$.tags[0].label', rules: [{ match: 'type' }] },
    { path: '$.tags[1].label', rules: [{ match: 'equality' }] },
  ])
  expect(rulesFor(Item, { tags: [] })).toEqual([{ path: '$.tags', rules: [{ match: 'equality' }] }])
})

test('an object by value is compared leaf by leaf, so that it may have further fields', () => {
  expect(rulesFor(Item, exactly({ name: 'x', count: 1 }))).toEqual([
    { path: '$.name', rules: [{ match: 'equality' }] },
    { path: '$.count', rules: [{ match: 'equality' }] },
  ])
})
