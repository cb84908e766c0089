import { isIdentifier } from './names.ts'
import { propertiesOf, typeStem, type Subject } from './operation-parts.ts'
import { pythonType } from './python-type.ts'
import { indented } from './text.ts'

/** The query of an operation: the parameter of its method, undefined where it takes none, and the types that it needs. */
export type QueryText = Readonly<{ parameter: string | undefined; types: readonly (readonly string[])[] }>

/** Writes the query of an operation as a typed dictionary. */
export function queryText(subject: Subject): QueryText {
  const fields = subject.operation.spec.query ?? {}
  const { properties, required } = propertiesOf(fields, 'input', subject.scope)
  const entries = Object.entries(properties)
  if (entries.length === 0) return { parameter: undefined, types: [] }
  const name = `${typeStem(subject)}Query`
  const fallback = required.size > 0 ? '' : ' = None'
  const typed = (type: string): string => `query: ${required.size > 0 ? type : `Optional[${type}]`}${fallback}`
  // The class of a dictionary has identifiers for keys.
  if (!entries.every(([key]) => isIdentifier(key))) return { parameter: typed('Mapping[str, Any]'), types: [] }
  const lines = (isRequired: boolean): readonly string[] =>
    entries
      .filter(([key]) => required.has(key) === isRequired)
      .map(([key, schema]) => `${key}: ${pythonType(schema, `${name}.${key}`, subject.scope)}`)
  const must = lines(true)
  const may = lines(false)
  const base = must.length > 0 && may.length > 0 ? `_${name}Required` : 'TypedDict'
  const types = [
    ...(must.length === 0 ? [] : [[`class ${may.length > 0 ? base : name}(TypedDict):`, ...indented(must)]]),
    ...(may.length === 0 ? [] : [[`class ${name}(${base}, total=False):`, ...indented(may)]]),
  ]
  return { parameter: typed(name), types }
}
