import type { z } from 'zod'
import { Exactly, isPlainObject, plainExample } from './example.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from './schema.ts'

/** A place in a value: `['data', 0, 'title']`. */
export type Place = readonly PropertyKey[]

/** What a value lacks of its schema, and what in it contradicts the schema. */
export type Gaps = Readonly<{ missing: readonly Place[]; wrong: readonly { place: Place; message: string }[] }>

/** A value read by a schema: whole, with defaults applied, or with gaps. */
export type PartialReading = Readonly<{ kind: 'whole'; value: unknown }> | (Readonly<{ kind: 'gaps' }> & Gaps)

/**
 * Reads a value that may leave fields out: an absent field is a gap, a wrong one a mistake.
 * A value of a union is taken for the alternative that it contradicts least.
 */
export function partialOf(schema: Schema, value: unknown): PartialReading {
  const parsed = schema.safeParse(value)
  return parsed.success
    ? { kind: 'whole', value: parsed.data }
    : { kind: 'gaps', ...sortIssues(parsed.error.issues, value) }
}

function sortIssues(issues: readonly z.core.$ZodIssue[], value: unknown, base: Place = []): Gaps {
  const missing: Place[] = []
  const wrong: { place: Place; message: string }[] = []
  for (const issue of issues) {
    const place = [...base, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors
        .map((branch) => sortIssues(branch, value, place))
        .toSorted((a, b) => a.wrong.length - b.wrong.length || a.missing.length - b.missing.length)[0]
      missing.push(...(best?.missing ?? []))
      wrong.push(...(best?.wrong ?? []))
    } else if (place.length > 0 && isAbsent(value, place)) missing.push(place)
    else wrong.push({ place, message: issue.message })
  }
  return { missing, wrong }
}

/** The last step of the place is a key that its object does not have. */
function isAbsent(value: unknown, place: Place): boolean {
  const owner = place
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null)?.[key], value)
  return isPlainObject(owner) && !((place.at(-1) ?? '') in owner)
}

/** `$.data[0].title` */
export function jsonPath(place: Place): string {
  return place.reduce<string>(
    (path, key) =>
      typeof key === 'number'
        ? `${path}[${key}]`
        : /^[A-Za-z_]\w*$/.test(String(key))
          ? `${path}.${String(key)}`
          : `${path}['${String(key)}']`,
    '$',
  )
}

/**
 * What in an example contradicts its schema: values of a wrong type or format, fields that the contract does not have,
 * secrets that are no placeholders. Empty where all is well.
 */
export function exampleMistakes(schema: Schema, example: unknown): readonly string[] {
  const read = partialOf(schema, plainExample(example))
  const wrong = read.kind === 'whole' ? [] : read.wrong
  const mistakes = wrong.map(({ place, message }) => `${jsonPath(place)}: ${message}`)
  collectUndeclared(jsonSchemaOf(schema), example, { place: [], root: jsonSchemaOf(schema), mistakes })
  return mistakes
}

type Walk = Readonly<{ place: Place; root: JsonSchema; mistakes: string[] }>

function collectUndeclared(schema: JsonSchema, example: unknown, walk: Walk): void {
  const value: unknown = example instanceof Exactly ? example.value : example
  const at = resolveFor(schema, value, walk.root)
  if (at.secret && !isPlaceholder(value)) {
    walk.mistakes.push(`${jsonPath(walk.place)}: a secret needs a placeholder in an example, such as "placeholder-1".`)
  }
  if (Array.isArray(value)) {
    const items = at.items
    if (items)
      value.forEach((item, index) => collectUndeclared(items, item, { ...walk, place: [...walk.place, index] }))
  } else if (isPlainObject(value) && at.properties) {
    for (const [key, field] of Object.entries(value)) {
      const place = [...walk.place, key]
      const property =
        at.properties[key] ?? (typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined)
      if (property) collectUndeclared(property, field, { ...walk, place })
      else walk.mistakes.push(`${jsonPath(place)}: the contract has no such field.`)
    }
  }
}

/** Whether a value may stand for a secret in a pact. */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('placeholder')
}

/** Follows references and picks, of alternatives, the one that the value is an example of. */
export function resolveFor(schema: JsonSchema, value: unknown, root: JsonSchema): JsonSchema {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return resolveFor(schema.$ref === '#' ? root : (root.$defs?.[name] ?? {}), value, root)
  }
  const alternatives = schema.anyOf ?? schema.oneOf
  if (!alternatives) return schema
  const fitting = alternatives
    .map((alternative) => resolveFor(alternative, value, root))
    .find((at) => fits(at, value, root))
  return fitting ?? schema
}

function fits(schema: JsonSchema, value: unknown, root: JsonSchema): boolean {
  if ('const' in schema) return schema.const === value
  if (schema.enum) return schema.enum.includes(value)
  if (schema.type === 'object') {
    if (!isPlainObject(value)) return false
    const properties = schema.properties ?? {}
    return Object.entries(value).every(([key, field]) => {
      const property = properties[key]
      if (!property) return schema.additionalProperties !== false
      return fits(resolveFor(property, field, root), field instanceof Exactly ? field.value : field, root)
    })
  }
  switch (schema.type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case undefined:
      return true
    default:
      return typeof value === schema.type && (!schema.pattern || new RegExp(schema.pattern).test(String(value)))
  }
}
