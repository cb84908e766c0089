import type { SpecSchema } from '#harness/spec/spec-schema.ts'
import { alternativesOf, type Alternative, type AnySchema, type Definitions, type SchemaType } from './alternatives.ts'
import { compareObjects } from './compare-objects.ts'
import type { Difference } from './difference.ts'
import { stableJson } from './json.ts'
import { pairs } from './pairs.ts'
import { compareConstraints } from './scalars.ts'

/** A schema on one side of a comparison, with what it refers to. */
export type SchemaSide = Readonly<{ schema: SpecSchema | boolean | undefined; definitions: Definitions }>

/** Where a comparison is, and which references it is inside of. */
export type At = Readonly<{ path: readonly string[]; inside: readonly string[] }>

/** Compares what stands below a place. */
export type Compare = (before: SchemaSide['schema'], after: SchemaSide['schema'], at: At) => readonly Difference[]

/**
 * How two schemas differ in the values that they take, not in how they are written: by reference or in place, in whatever
 * order. Where it says nothing of a side, that side has not changed; where it cannot tell, it says `other`.
 */
export function compareSchemas(before: SchemaSide, after: SchemaSide): readonly Difference[] {
  const compare: Compare = (old, now, at) =>
    compareAlternatives(alternativesOf(old, before.definitions), alternativesOf(now, after.definitions), {
      at,
      compare,
    })
  return compare(before.schema, after.schema, { path: [], inside: [] })
}

type Context = Readonly<{ at: At; compare: Compare }>

const words: Readonly<Record<SchemaType, string>> = {
  null: 'null',
  boolean: 'true or false',
  string: 'a string',
  number: 'a number',
  array: 'a list',
  object: 'an object',
  any: 'anything',
}

function compareAlternatives(
  before: readonly Alternative[],
  after: readonly Alternative[],
  context: Context,
): readonly Difference[] {
  const { path } = context.at
  const [wasAny, isAny] = [before, after].map((side) => side.some(isAnything))
  if (wasAny && isAny) return []
  if (isAny) return [{ path, change: 'wider', what: 'may be anything now' }]
  if (wasAny) return [{ path, change: 'narrower', what: `may not be anything any more, only ${wordsOf(after)}` }]
  const types = new Set([...before, ...after].map(({ type }) => type))
  return [...types].flatMap((type) => {
    const [old, now] = [before, after].map((side) => side.filter((one) => one.type === type)) as [
      Alternative[],
      Alternative[],
    ]
    if (old.length === 0) return [{ path, change: 'wider', what: `may be ${words[type]} now` } as const]
    if (now.length === 0) return [{ path, change: 'narrower', what: `is never ${words[type]} any more` } as const]
    return compareOfType(old, now, context)
  })
}

function isAnything({ type, schema }: Alternative): boolean {
  return type === 'any' && Object.keys(schema).every((keyword) => keyword === 'description' || keyword === 'default')
}

function wordsOf(alternatives: readonly Alternative[]): string {
  const types = [...new Set(alternatives.map(({ type }) => words[type]))]
  return types.length > 0 ? types.join(' or ') : 'nothing'
}

/** Shapes of one type: those that are alike are compared with each other, and the others are new, or gone. */
function compareOfType(
  old: readonly Alternative[],
  now: readonly Alternative[],
  context: Context,
): readonly Difference[] {
  const { path } = context.at
  const { both, gone, come } = pairs(old, now)
  const shape = (one: Alternative): string => one.reference ?? words[one.type]
  return [
    ...both.flatMap(([before, after]) => comparePair(before, after, context)),
    ...gone.map(
      (one) =>
        ({ path, change: 'narrower', what: `is never ${shape(one)} of one of the former kinds any more` }) as const,
    ),
    ...come.map((one) => ({ path, change: 'wider', what: `may be ${shape(one)} of another kind now` }) as const),
  ]
}

function comparePair(before: Alternative, after: Alternative, { at, compare }: Context): readonly Difference[] {
  if (before === after) return []
  // A shape that refers to itself has been compared where it began.
  const key = `${before.reference}|${after.reference}`
  const isNamed = before.reference !== undefined && after.reference !== undefined
  if (isNamed && at.inside.includes(key)) return []
  const inner: At = { path: at.path, inside: isNamed ? [...at.inside, key] : at.inside }
  switch (before.type) {
    case 'object':
      return compareObjects(before.schema, after.schema, { at: inner, compare })
    case 'array':
      return compareArrays(before.schema, after.schema, { at: inner, compare })
    case 'any':
      return stableJson(before.schema) === stableJson(after.schema)
        ? []
        : [{ path: at.path, change: 'other', what: 'is described in another way' }]
    default:
      return compareConstraints(before.schema, after.schema).map((said) => ({ path: at.path, ...said }))
  }
}

function compareArrays(before: AnySchema, after: AnySchema, { at, compare }: Context): readonly Difference[] {
  return [
    ...compareConstraints(before, after, new Set(['items'])).map((said) => ({ path: at.path, ...said })),
    ...compare(before.items, after.items, { ...at, path: [...at.path, '[]'] }),
  ]
}
