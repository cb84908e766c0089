import * as fc from 'fast-check'
import { z } from 'zod'
import type { SpecSchema } from '#harness/spec/spec-schema.ts'
import { compareSchemas } from './compare-schemas.ts'
import { narrows, widens } from './difference.ts'

const title = { type: 'string' } as const
const definitions = {
  Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
  Title: title,
} as const

/** What changed: `place change: words`. */
function changes(
  before: SpecSchema | boolean,
  after: SpecSchema | boolean,
  now = definitions as Record<string, SpecSchema>,
) {
  const found = compareSchemas({ schema: before, definitions }, { schema: after, definitions: now })
  return found.map(({ path, change, what }) => `${['$', ...path].join('.')} ${change}: ${what}`)
}

function object(properties: Record<string, SpecSchema>, required = Object.keys(properties)): SpecSchema {
  return { type: 'object', properties, required }
}

test('how a schema is written makes no difference', () => {
  const nullable = { anyOf: [title, { type: 'null' }] }
  expect(
    changes(
      object({ a: title, b: nullable }),
      object({ b: { type: ['null', 'string'] }, a: { $ref: '#/components/schemas/Title' } }),
    ),
  ).toEqual([])
  expect(
    changes(
      { enum: ['a', 'b'], type: 'string' },
      {
        anyOf: [
          { const: 'b', type: 'string' },
          { const: 'a', type: 'string' },
        ],
      },
    ),
  ).toEqual([])
  expect(changes({ $ref: '#/components/schemas/Tree' }, { $ref: '#/components/schemas/Tree' })).toEqual([])
})

test.each<[string, SpecSchema, SpecSchema, readonly string[]]>([
  ['a type', title, { type: 'integer' }, ['$ narrower: is never a string any more', '$ wider: may be a number now']],
  ['null', title, { type: ['string', 'null'] }, ['$ wider: may be null now']],
  [
    'a value of a list',
    { enum: ['a', 'b'] },
    { enum: ['b', 'c'] },
    ['$ narrower: is never "a" any more', '$ wider: may be "c" now'],
  ],
  ['a list of values', title, { type: 'string', enum: ['a'] }, ['$ narrower: may only be one of "a"']],
  ['a format', title, { type: 'string', format: 'uuid' }, ['$ narrower: has to keep format uuid now']],
  [
    'another format',
    { type: 'string', format: 'date' },
    { type: 'string', format: 'date-time' },
    ['$ other: format was date and is date-time'],
  ],
  [
    'a bound',
    { type: 'string', maxLength: 9 } as SpecSchema,
    { type: 'string', maxLength: 5 } as SpecSchema,
    ['$ narrower: maxLength was 9 and is 5'],
  ],
  ['whole numbers', { type: 'integer' }, { type: 'number' }, ['$ wider: may be a fraction now']],
  ['a new field', object({}), object({ a: title }, []), ['$.a added: is new']],
  ['a new field that is required', object({}), object({ a: title }), ['$.a added-required: is new, and required']],
  ['a field that is gone', object({ a: title }), object({}), ['$.a removed: is gone']],
  ['a field that is required', object({ a: title }, []), object({ a: title }), ['$.a required: is required now']],
  ['a field that may be missing', object({ a: title }), object({ a: title }, []), ['$.a optional: may be missing now']],
  [
    'what is deep inside',
    { type: 'array', items: object({ a: object({ b: title }) }) },
    { type: 'array', items: object({ a: object({ b: { type: ['string', 'null'] } }) }) },
    ['$.[].a.b wider: may be null now'],
  ],
  [
    'values of a map',
    { type: 'object', additionalProperties: title },
    { type: 'object', additionalProperties: { type: 'null' } },
    ['$.* narrower: is never a string any more', '$.* wider: may be null now'],
  ],
  [
    'further fields',
    { ...object({ a: title }), additionalProperties: false },
    object({ a: title }),
    ['$.(further fields) wider: may be anything now'],
  ],
])('told by its place and in words: %s', (_what, before, after, expected) =>
  expect(changes(before, after)).toEqual(expected),
)

test('shapes are compared with their like: by the value that tells them apart', () => {
  const token = (text: SpecSchema) => object({ type: { const: 'token' }, text })
  const done = object({ type: { const: 'done' } })
  expect(changes({ anyOf: [token(title), done] }, { oneOf: [done, token({ type: 'null' })] })).toEqual([
    '$.text narrower: is never a string any more',
    '$.text wider: may be null now',
  ])
  expect(changes({ anyOf: [token(title)] }, { anyOf: [done, token(title)] })).toEqual([
    '$ wider: may be an object of another kind now',
  ])
})

test('what stands beside a reference holds as well', () => {
  const named = { $ref: '#/components/schemas/Title' }
  const short = { ...named, maxLength: 5 } as SpecSchema
  expect(changes(named, short)).toEqual(['$ narrower: has to keep maxLength 5 now'])
  expect(changes({ ...named, description: 'What it is called.' }, named)).toEqual([])
})

test('a shape that refers to itself is compared once', () => {
  const Tree = {
    type: 'object',
    properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } }, name: title },
  } as const
  expect(
    changes({ $ref: '#/components/schemas/Tree' }, { $ref: '#/components/schemas/Tree' }, { ...definitions, Tree }),
  ).toEqual(['$.name added: is new'])
})

describe('whatever the schemas', () => {
  const keys = ['a', 'b', 'c']
  const bounded = (low: string, high: string) =>
    fc.record({ [low]: fc.integer({ min: 0, max: 2 }), [high]: fc.integer({ min: 2, max: 4 }) }, { requiredKeys: [] })
  const { schema } = fc.letrec<{ schema: SpecSchema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<SpecSchema>({ type: 'null' }),
      fc.constant<SpecSchema>({ type: 'boolean' }),
      bounded('minLength', 'maxLength').map((bounds) => ({ type: 'string', ...bounds })),
      bounded('minimum', 'maximum').chain((bounds) =>
        fc.constantFrom('integer', 'number').map((type) => ({ type, ...bounds })),
      ),
      fc
        .uniqueArray(fc.constantFrom('', 'x', 'yy', 'zzz'), { minLength: 1 })
        .map((values) => ({ type: 'string', enum: values })),
      fc
        .tuple(tie('schema'), bounded('minItems', 'maxItems'))
        .map(([items, bounds]) => ({ type: 'array', items, ...bounds })),
      fc
        .record({
          properties: fc.dictionary(fc.constantFrom(...keys), tie('schema'), { maxKeys: 3 }),
          must: fc.subarray(keys),
          additionalProperties: fc.option(fc.constant(false), { nil: undefined }),
        })
        .map(({ properties, must, additionalProperties }) => ({
          type: 'object',
          properties,
          required: must.filter((key) => key in properties),
          ...(additionalProperties === false && { additionalProperties }),
        })),
      fc.tuple(tie('schema'), tie('schema')).map((anyOf) => ({ anyOf })),
    ),
  }))

  /** A value that a schema takes, with no field that it does not name. */
  function valueOf(given: SpecSchema): fc.Arbitrary<unknown> {
    if (given.anyOf) return fc.oneof(...given.anyOf.map(valueOf))
    if (given.enum) return fc.constantFrom(...given.enum)
    if (given.type === 'array') {
      const { minItems = 0, maxItems = 3 } = given as Record<string, number>
      return fc.array(valueOf(given.items ?? {}), { minLength: minItems, maxLength: maxItems })
    }
    if (given.type !== 'object') return scalarOf(given as Record<string, number>, given.type)
    const { properties = {}, required = [] } = given
    const fields = Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, valueOf(field)]))
    return fc.record(fields, { requiredKeys: [...required] })
  }

  function scalarOf(bounds: Record<string, number>, type: SpecSchema['type']): fc.Arbitrary<unknown> {
    const { minLength = 0, maxLength = 5, minimum: min = -1, maximum: max = 5 } = bounds
    if (type === 'null') return fc.constant(null)
    if (type === 'boolean') return fc.boolean()
    if (type === 'integer') return fc.integer({ min, max })
    if (type === 'number') return fc.double({ min, max, noNaN: true })
    return fc
      .oneof(fc.constantFrom('', 'x', 'yy', 'zzz'), fc.string({ maxLength: 5 }))
      .filter((text) => text.length >= minLength && text.length <= maxLength)
  }

  /** Zod reads JSON Schema too, by other people's code. */
  const takes = (given: SpecSchema, value: unknown): boolean =>
    z.fromJSONSchema(given as never).safeParse(value).success
  const compare = (before: SpecSchema, after: SpecSchema) =>
    compareSchemas({ schema: before, definitions: {} }, { schema: after, definitions: {} })
  /** Two schemas of which the second is often much like the first. */
  const strings = bounded('minLength', 'maxLength').map((bounds): SpecSchema => ({ type: 'string', ...bounds }))
  const numbers = bounded('minimum', 'maximum').map((bounds): SpecSchema => ({ type: 'integer', ...bounds }))
  const lists = bounded('minItems', 'maxItems').map((bounds): SpecSchema => ({
    type: 'array',
    items: { type: 'null' },
    ...bounds,
  }))
  const two = fc.oneof(
    ...[strings, numbers, lists].map((kind) => fc.tuple(kind, kind)),
    fc.tuple(schema, schema),
    fc
      .tuple(schema, schema)
      .map(([one, other]) => [object({ a: one, b: other }), object({ a: one, c: other })] as [SpecSchema, SpecSchema]),
    schema.map((one) => [one, { anyOf: [one, { type: 'null' }] }] as [SpecSchema, SpecSchema]),
    schema.map((one) => [object({ a: one }), object({ a: one }, [])] as [SpecSchema, SpecSchema]),
  )

  test('none differs from itself', () => {
    fc.assert(fc.property(schema, (one) => expect(compare(one, structuredClone(one))).toEqual([])))
  })

  test('a value that is taken now and was not before is never passed over', () => {
    const cases = two.chain(([before, after]) => fc.tuple(fc.constant(before), fc.constant(after), valueOf(after)))
    fc.assert(
      fc.property(cases, ([before, after, value]) => {
        fc.pre(!takes(before, value))
        expect(compare(before, after).some(({ change }) => widens(change))).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('nor is a value that was taken before and is not any more', () => {
    const cases = two.chain(([before, after]) => fc.tuple(fc.constant(before), fc.constant(after), valueOf(before)))
    fc.assert(
      fc.property(cases, ([before, after, value]) => {
        fc.pre(!takes(after, value))
        expect(compare(before, after).some(({ change }) => narrows(change))).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('what widens one way narrows the other way', () => {
    const plain = new Set(['narrower', 'wider', 'other'])
    const turned = { narrower: 'wider', wider: 'narrower', other: 'other' } as Record<string, string>
    const told = (before: SpecSchema, after: SpecSchema, turn: (change: string) => string) =>
      compare(before, after)
        .filter(({ change }) => plain.has(change))
        .map(({ path, change }) => `${path.join('.')} ${turn(change)}`)
        .toSorted()
    fc.assert(
      fc.property(two, ([before, after]) => {
        // A new field that was not allowed is told beside the fields that stay; a field that is gone tells both in one.
        fc.pre(compare(before, after).every(({ change }) => change !== 'removed' && !change.startsWith('added')))
        expect(told(before, after, (change) => change)).toEqual(
          told(after, before, (change) => turned[change] ?? change),
        )
      }),
      { numRuns: 300 },
    )
  })
})
