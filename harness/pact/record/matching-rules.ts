import { Exactly, isPlainObject, Matching, plainExample } from '#harness/contract/example.ts'
import { resolveFor } from '#harness/contract/partial.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from '#harness/contract/schema.ts'

/** One matcher of the Pact Specification V4, as it stands in a pact file. */
export type Rule =
  | Readonly<{ match: 'equality' | 'type' | 'integer' | 'number' | 'boolean' }>
  | Readonly<{ match: 'type'; min: number }>
  | Readonly<{ match: 'regex'; regex: string }>

/** The rules for one place of a body. */
export type PlacedRule = Readonly<{ path: string; rules: Rules }>

/** Matchers that a value has to pass, all of them. */
type Rules = [Rule, ...Rule[]]

/** Short patterns in place of Zod's own, which are long, and which Pact's matcher cannot always read (look-around). */
const formatPatterns: Readonly<Record<string, string>> = {
  uuid: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  'date-time': '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
  date: '^\\d{4}-\\d{2}-\\d{2}$',
  email: '^[^@\\s]+@[^@\\s]+$',
  uri: '^[a-zA-Z][a-zA-Z0-9+.-]*:\\S+$',
}

/**
 * The matchers for an example, out of the schema: formats and enums as patterns, numbers by kind, a list of one as "one
 * or more like it", a list of several place by place, an empty list, null and `exactly(…)` by value. Every leaf gets a
 * rule of its own, since Pact passes the rule of a list on to everything below it.
 */
export function rulesFor(schema: Schema, example: unknown, path = '$'): readonly PlacedRule[] {
  const root = jsonSchemaOf(schema)
  const placed = new Map<string, Rules>()
  walk({ schema: root, example, path }, { root, placed })
  return [...placed].map(([at, rules]) => ({ path: at, rules }))
}

type Place = Readonly<{ schema: JsonSchema; example: unknown; path: string }>
type Walk = Readonly<{ root: JsonSchema; placed: Map<string, Rules> }>

function walk({ schema, example, path }: Place, context: Walk): void {
  if (example instanceof Matching) return void context.placed.set(path, textOfPattern(example.pattern, example.value))
  if (example instanceof Exactly) return placeEquality(plainExample(example), path, context)
  if (example === undefined) return
  const at = resolveFor(schema, plainExample(example), context.root)
  if (Array.isArray(example)) return walkList(at, { example, path }, context)
  if (!isPlainObject(example)) return void context.placed.set(path, leafRules(at, example))
  for (const [key, value] of Object.entries(example)) {
    const additional = typeof at.additionalProperties === 'object' ? at.additionalProperties : {}
    walk({ schema: at.properties?.[key] ?? additional, example: value, path: child(path, key) }, context)
  }
}

function walkList(
  schema: JsonSchema,
  { example, path }: { example: readonly unknown[]; path: string },
  context: Walk,
): void {
  const items = schema.items ?? {}
  if (example.length === 1) {
    context.placed.set(path, [{ match: 'type', min: 1 }])
    walk({ schema: items, example: example[0], path: `${path}[*]` }, context)
    return
  }
  if (example.length === 0) context.placed.set(path, [{ match: 'equality' }])
  example.forEach((item, index) => walk({ schema: items, example: item, path: `${path}[${index}]` }, context))
}

/** Leaf by leaf: a rule of equality on an object would forbid further fields. */
function placeEquality(value: unknown, path: string, context: Walk): void {
  if (isPlainObject(value)) {
    for (const [key, field] of Object.entries(value)) placeEquality(field, child(path, key), context)
  } else context.placed.set(path, [{ match: 'equality' }])
}

function child(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}['${key}']`
}

function leafRules(schema: JsonSchema, example: unknown): Rules {
  if (example === null || 'const' in schema) return [{ match: 'equality' }]
  if (schema.enum)
    return [{ match: 'regex', regex: `^(${schema.enum.map((value) => escapePattern(String(value))).join('|')})$` }]
  switch (schema.type) {
    case 'integer':
      return [{ match: 'integer' }]
    case 'number':
      return [{ match: 'number' }]
    case 'boolean':
      return [{ match: 'boolean' }]
    case 'string':
      return textRules(schema, typeof example === 'string' ? example : '')
    default:
      return [{ match: 'type' }]
  }
}

function textRules(schema: JsonSchema, example: string): Rules {
  const format = formatPatterns[schema.format ?? '']
  if (format) return textOfPattern(format, example)
  const isReadable = schema.pattern && !/\(\?[=!<]/.test(schema.pattern)
  return isReadable ? textOfPattern(schema.pattern, example) : [{ match: 'type' }]
}

/** What other JSON values are as text. */
const otherValues = ['null', 'true', 'false', '7', '1234', '0.5', '-1']

/** Pact takes null, numbers and truth values for the text that they are written as: a pattern that takes one of these needs the type beside it. */
function textOfPattern(pattern: string, example: string): Rules {
  const rule: Rule = { match: 'regex', regex: pattern }
  const isNumeric = /^-?\d+(\.\d+)?$/.test(example)
  return isNumeric || otherValues.some((text) => takesText(pattern, text)) ? [rule, { match: 'type' }] : [rule]
}

/** A pattern of Rust that JavaScript cannot read may take anything. */
function takesText(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return true
  }
}

/** The text as a pattern that matches just it. */
export function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
