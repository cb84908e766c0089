import { plain, type FormSchema } from './form-schema.ts'

/** As deep as an example goes: schemas may contain themselves. */
const deepest = 6

/** What makes one example another: ids and times. */
export type Chance = Readonly<{ uuid: () => string; now: () => Date }>

export const browserChance: Chance = { uuid: () => crypto.randomUUID(), now: () => new Date() }

/** A value to begin with: of the right shape, with what cannot be guessed left empty. */
export function exampleValue(schema: FormSchema, root: FormSchema, chance: Chance): unknown {
  return valueAt(schema, { root, chance, depth: 0 })
}

type Walk = Readonly<{ root: FormSchema; chance: Chance; depth: number }>

function valueAt(input: FormSchema, walk: Walk): unknown {
  const { schema } = plain(input, walk.root)
  const given = [schema.default, schema.const, schema.enum?.[0]].find((value) => value !== undefined)
  if (given !== undefined) return given
  if (walk.depth > deepest) return null
  const deeper = { ...walk, depth: walk.depth + 1 }
  const alternative = schema.anyOf?.[0] ?? schema.oneOf?.[0]
  return alternative ? valueAt(alternative, deeper) : typedValue(schema, deeper)
}

function typedValue(schema: FormSchema, walk: Walk): unknown {
  switch (schema.type) {
    case 'string':
      return textOf(schema.format, walk.chance)
    case 'number':
    case 'integer':
      return Math.max(0, schema.minimum ?? 0)
    case 'boolean':
      return false
    case 'array':
      return schema.items ? [valueAt(schema.items, walk)] : []
    case 'object':
      return objectOf(schema, walk)
    default:
      return null
  }
}

function objectOf({ properties = {}, required = [] }: FormSchema, walk: Walk): Readonly<Record<string, unknown>> {
  const needed = Object.entries(properties).filter(([name]) => required.includes(name))
  return Object.fromEntries(needed.map(([name, property]) => [name, valueAt(property, walk)]))
}

function textOf(format: string | undefined, { uuid, now }: Chance): string {
  switch (format) {
    case 'uuid':
      return uuid()
    case 'date-time':
      return now().toISOString()
    case 'date':
      return now().toISOString().slice(0, 10)
    case 'uri':
      return 'https://example.com/'
    case 'email':
      return 'someone@example.com'
    default:
      return ''
  }
}
