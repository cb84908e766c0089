import { jsonSchemaOf, type Fields, type JsonSchema } from '#harness/contract/schema.ts'

/**
 * Makes a reader of text parameters (path, query, headers): numbers and booleans are read as the contract says,
 * a repeated parameter gives an array where the contract has one. What cannot be read stays text, for the schema to refuse.
 */
export function textDecoder(fields: Fields): (get: (name: string) => readonly string[]) => Record<string, unknown> {
  const entries = Object.entries(fields).map(
    ([name, schema]) => [name, textReader(jsonSchemaOf(schema, 'input'))] as const,
  )
  return (get) => {
    const values: Record<string, unknown> = {}
    for (const [name, read] of entries) {
      const given = get(name)
      if (given.length > 0) values[name] = read(given)
    }
    return values
  }
}

function textReader(schema: JsonSchema): (given: readonly string[]) => unknown {
  if (schema.type === 'array') {
    const read = textReader(schema.items ?? {})
    return (given) => given.map((item) => read([item]))
  }
  const alternatives = schema.anyOf?.map((alternative) => alternative.type) ?? [schema.type]
  if (alternatives.includes('integer') || alternatives.includes('number')) return ([text = '']) => numberOf(text)
  if (alternatives.includes('boolean'))
    return ([text = '']) => (text === 'true' ? true : text === 'false' ? false : text)
  return ([text]) => text
}

function numberOf(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
