import { docstring, indented, pythonLiteral, pythonString } from './text.ts'
import { identifiersFor } from './names.ts'
import { pythonType } from './python-type.ts'
import type { SchemaBook } from '../schema-book.ts'
import type { SpecSchema } from '../spec-schema.ts'

/** The types that one module declares, and the models that it takes from another. */
export type Scope = Readonly<{
  book: SchemaBook
  /** Declares a class for an object and gives its name: the one asked for, unless another object has it. */
  declare: (name: string, schema: SpecSchema) => string
  /** Notes that a named model is used. */
  use: (name: string) => string
  /** The classes that were declared, in order. */
  classes: () => readonly (readonly string[])[]
  declared: () => readonly string[]
  used: () => readonly string[]
}>

/** A scope without any type. The names that are reserved, each for one object, are not given to another. */
export function newScope(book: SchemaBook, reserved: ReadonlyMap<string, SpecSchema | undefined>): Scope {
  const known = new Map([...reserved].map(([name, schema]) => [name, schema && JSON.stringify(schema)]))
  const texts = new Map<string, readonly string[]>()
  const used = new Set<string>()
  const scope: Scope = {
    book,
    declare(name, schema) {
      const json = JSON.stringify(schema)
      let free = name
      for (let number = 2; known.has(free) && known.get(free) !== json; number++) free = `${name}${number}`
      if (texts.has(free)) return free
      known.set(free, json)
      // Set first: a shape may contain itself, and what it contains comes after it.
      texts.set(free, [])
      texts.set(free, classText(free, schema, scope))
      return free
    },
    use(name) {
      used.add(name)
      return name
    },
    classes: () => [...texts.values()],
    declared: () => [...texts.keys()],
    used: () => [...used].toSorted(),
  }
  return scope
}

function classText(name: string, schema: SpecSchema, scope: Scope): readonly string[] {
  const properties = Object.entries(schema.properties ?? {})
  const required = new Set(schema.required)
  const attributes = identifiersFor(properties.map(([property]) => property))
  const fields = properties
    .map(([property, type]) =>
      fieldOf(
        { owner: name, property, schema: type, attribute: attributes.get(property) ?? property, scope },
        required,
      ),
    )
    .toSorted((a, b) => Number(a.isOptional) - Number(b.isOptional))
  const doc = schema.description === undefined ? [] : [...docstring([schema.description], 1), '']
  const body = [...doc, ...fields.map(({ text }) => text)]
  return [
    '@dataclass(frozen=True, repr=False)',
    `class ${name}(Model):`,
    ...indented(body.length === 0 ? ['pass'] : body),
  ]
}

type Property = Readonly<{ owner: string; property: string; schema: SpecSchema; attribute: string; scope: Scope }>

function fieldOf(
  { owner, property, schema, attribute, scope }: Property,
  required: ReadonlySet<string>,
): { text: string; isOptional: boolean } {
  const type = pythonType(schema, `${owner}.${property}`, scope)
  const takesNull = type === 'None' || type.startsWith('Optional[') || type === 'Any'
  const isOptional = !required.has(property) || schema.default !== undefined
  const metadata = [
    ...(attribute === property ? [] : [`"name": ${pythonString(property)}`]),
    ...(isOptional && takesNull ? ['"nullable": True'] : []),
  ]
  const written = isOptional && !takesNull && schema.default === undefined ? `Optional[${type}]` : type
  const given = valueOf(isOptional, schema.default, metadata)
  return { text: `${attribute}: ${written}${given}`, isOptional }
}

function valueOf(isOptional: boolean, value: unknown, metadata: readonly string[]): string {
  const isShared = typeof value === 'object' && value !== null
  const start = isShared ? `default_factory=lambda: ${pythonLiteral(value)}` : `default=${pythonLiteral(value)}`
  const parts = [...(isOptional ? [start] : []), ...(metadata.length > 0 ? [`metadata={${metadata.join(', ')}}`] : [])]
  if (parts.length === 0) return ''
  return parts.length === 1 && isOptional && !isShared ? ` = ${pythonLiteral(value)}` : ` = _field(${parts.join(', ')})`
}
