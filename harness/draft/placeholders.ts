import { isPlainObject } from '#harness/contract/example.ts'
import { resolveFor } from '#harness/contract/partial.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from '#harness/contract/schema.ts'
import { masked } from '#harness/control/show/mask.ts'
import { secretsIn } from '#harness/pact/file/secrets.ts'

/**
 * A value with placeholders for its secrets: what was masked, what its schema calls a secret, and what a pact may not have
 * for its name or shape.
 */
export function withPlaceholders(value: unknown, schema: Schema | undefined, name = ''): unknown {
  const root = schema && jsonSchemaOf(schema)
  return replace(value, { name, at: root, root })
}

type Place = Readonly<{ name: string; at: JsonSchema | undefined; root: JsonSchema | undefined }>

function replace(value: unknown, { name, at: given, root }: Place): unknown {
  const at = given && root ? resolveFor(given, value, root) : given
  if (typeof value === 'string') {
    const isSecret = given?.secret === true || at?.secret === true || looksSecret(value, name)
    return isSecret ? placeholderFor(name) : unmasked(value, name)
  }
  if (Array.isArray(value)) return value.map((item) => replace(item, { name, at: at?.items, root }))
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, replace(field, { name: key, at: fieldOf(at, key), root })]),
  )
}

function fieldOf(schema: JsonSchema | undefined, key: string): JsonSchema | undefined {
  const { properties = {}, additionalProperties: further } = schema ?? {}
  return properties[key] ?? (typeof further === 'object' ? further : undefined)
}

/** As the check of pacts sees it. */
function looksSecret(value: string, name: string): boolean {
  const request = { method: 'GET', path: '/', body: { [name]: value } }
  const interaction = { type: 'Synchronous/HTTP', description: 'a value', request, response: { status: 200 } } as const
  return (
    secretsIn({
      consumer: { name: '' },
      provider: { name: '' },
      interactions: [interaction],
      metadata: { pactSpecification: { version: '4.0' } },
    }).length > 0
  )
}

/** A text in which secrets were masked, with placeholders in their place. */
export function unmasked(text: string, name = ''): string {
  if (text === masked) return placeholderFor(name)
  return text.replaceAll(masked, 'placeholder')
}

function placeholderFor(name: string): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return `placeholder${words === '' ? '' : `-${words}`}`
}
