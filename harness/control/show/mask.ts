import { isPlainObject } from '#harness/contract/example.ts'
import { resolveFor } from '#harness/contract/partial.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from '#harness/contract/schema.ts'

/** What stands in the place of a secret. */
export const masked = '***'

const secretName =
  /^(pass(word|wd|phrase)?|secret|token|credentials?|api[-_]?key|(proxy-)?authorization|(set-)?cookie2?|.*[-_](token|secret|password|signature|api[-_]?key)|x-api-key|private[-_]?key|signature)$/i

const secretShape =
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g

/** Whether a header, field or parameter of this name holds a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name)
}

/** A text without what looks like a secret wherever it stands: tokens, private keys. */
export function maskText(text: string): string {
  return text.replace(secretShape, masked)
}

/** A value without its secrets: what its schema calls one, what has the name of one, what looks like one. */
export function maskValue(value: unknown, schema?: Schema): unknown {
  const json = schema && jsonSchemaOf(schema)
  return mask(value, json && { at: json, root: json })
}

type Place = Readonly<{ at: JsonSchema; root: JsonSchema }>

function mask(value: unknown, place: Place | undefined): unknown {
  const at = place && resolveFor(place.at, value, place.root)
  const below = (schema: JsonSchema | undefined): Place | undefined =>
    place && schema ? { at: schema, root: place.root } : undefined
  if (at?.secret === true || place?.at.secret === true) return masked
  if (typeof value === 'string') return maskText(value)
  if (Array.isArray(value)) return value.map((item) => mask(item, below(at?.items)))
  if (!isPlainObject(value)) return value
  const rest = typeof at?.additionalProperties === 'object' ? at.additionalProperties : undefined
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecretName(name) && !isEmpty(field) ? masked : mask(field, below(at?.properties?.[name] ?? rest)),
    ]),
  )
}

/** There is nothing to hide, and it is good to see. */
function isEmpty(value: unknown): boolean {
  return value === null || value === '' || typeof value === 'boolean'
}
