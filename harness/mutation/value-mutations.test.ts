import { z } from 'zod'
import { jsonSchemaOf, type Schema } from '#harness/contract/schema.ts'
import { otherCase, valueMutations } from './value-mutations.ts'

function changes(schema: Schema, example: unknown): Record<string, unknown> {
  const mutations = valueMutations(jsonSchemaOf(schema), example, undefined)
  return Object.fromEntries(mutations.map(({ class: label, change, turn }) => [`${label} ${change}`, turn?.(example)]))
}

test.each<[string, Schema, unknown, Record<string, unknown>]>([
  [
    'a number',
    z.int(),
    3,
    {
      'C12 null': null,
      'C10 a text in place of a number': '3',
      'C10 a fraction in place of an integer': 3.5,
      'C8 another value': 4,
    },
  ],
  [
    'a choice',
    z.enum(['open', 'closed']),
    'open',
    {
      'C12 null': null,
      'C10 a number in place of a text': 7,
      'C11 a value that is not declared': 'not_declared',
      'C11 another declared value': 'closed',
    },
  ],
  [
    'a time',
    z.iso.datetime(),
    '2026-01-01T00:00:00Z',
    expect.objectContaining({ 'C10 no longer a date-time': '03/02/2031 04:05' }) as Record<string, unknown>,
  ],
  [
    'a list',
    z.array(z.int()),
    [1, 2],
    {
      'C12 null': null,
      'C7 wrapped in an object': { items: [1, 2] },
      'C18 emptied': [],
      'C18 first item removed': [2],
    },
  ],
  ['null', z.string().nullable(), null, { 'C12 a text in place of null': 'set' }],
])('what may be wrong with %s', (_what, schema, example, expected) => {
  expect(changes(schema, example)).toEqual(expected)
})

test.each([
  ['parent_id', 'parentId'],
  ['parentId', 'parent_id'],
  ['title', 'title_2'],
])('%s is renamed to %s', (name, other) => {
  expect(otherCase(name)).toBe(other)
})
