import { pascalCase } from '../case.ts'
import { nameOfReference, type SpecSchema } from '../spec-schema.ts'
import type { Scope } from './scope.ts'
import { modelName } from './names.ts'
import { pythonLiteral } from './text.ts'

/**
 * The Python type of a schema. Objects that have no name become classes of the scope, called by their place:
 * `PutPlanBody.todos` gives `PutPlanBodyTodos`.
 */
export function pythonType(schema: SpecSchema, place: string, scope: Scope): string {
  if (schema.$ref !== undefined) return referenced(nameOfReference(schema.$ref), scope)
  if (schema.const !== undefined) return literalType([schema.const])
  if (schema.enum) return literalType(schema.enum)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return unionOf(alternatives.map((alternative) => pythonType(alternative, place, scope)))
  if (Array.isArray(schema.type))
    return unionOf(schema.type.map((type) => pythonType({ ...schema, type: String(type) }, place, scope)))
  return typeByWord(schema, place, scope)
}

function typeByWord(schema: SpecSchema, place: string, scope: Scope): string {
  switch (schema.type) {
    case 'string':
      return 'str'
    case 'integer':
      return 'int'
    case 'number':
      return 'float'
    case 'boolean':
      return 'bool'
    case 'null':
      return 'None'
    case 'array':
      return `List[${schema.items ? pythonType(schema.items, `${place}.item`, scope) : 'Any'}]`
    case 'object':
      return objectType(schema, place, scope)
    default:
      return 'Any'
  }
}

function objectType(schema: SpecSchema, place: string, scope: Scope): string {
  if (schema.properties) return scope.declare(className(place), schema)
  const values = schema.additionalProperties
  return `Dict[str, ${typeof values === 'object' ? pythonType(values, `${place}.value`, scope) : 'Any'}]`
}

function className(place: string): string {
  const [root = '', ...rest] = place.split('.')
  return `${root}${rest.map(pascalCase).join('')}`
}

/** Named texts and numbers say nothing by their name: they are what they are. */
function referenced(name: string, scope: Scope): string {
  const definition = scope.book.definitions()[name]
  return definition && isPlain(definition) ? pythonType(definition, name, scope) : scope.use(modelName(name))
}

/** Whether a named schema is a text, a number or a truth value, and gets no name in Python. */
export function isPlain(schema: SpecSchema): boolean {
  return (
    schema.enum === undefined &&
    schema.const === undefined &&
    ['string', 'integer', 'number', 'boolean'].includes(String(schema.type))
  )
}

function literalType(values: readonly unknown[]): string {
  const types = values.map((value) =>
    value === null ? 'None' : typeof value === 'number' && !Number.isInteger(value) ? 'float' : undefined,
  )
  const literals = values.filter((_, index) => types[index] === undefined).map(pythonLiteral)
  const others = types.filter((type) => type !== undefined)
  return unionOf([...(literals.length > 0 ? [`Literal[${literals.join(', ')}]`] : []), ...others])
}

function unionOf(types: readonly string[]): string {
  const isOptional = types.some((type) => type === 'None' || type.startsWith('Optional['))
  const plain = types.flatMap((type) => (type === 'None' ? [] : [type.replace(/^Optional\[(.*)\]$/, '$1')]))
  const distinct = [...new Set(plain)]
  if (distinct.includes('Any')) return 'Any'
  if (distinct.length === 0) return 'None'
  const all = distinct.length === 1 ? (distinct[0] ?? '') : `Union[${distinct.join(', ')}]`
  return isOptional ? `Optional[${all}]` : all
}
