import type { AnyCallInput } from '#harness/contract/call.ts'
import { contentOf, type Content } from '#harness/contract/content.ts'
import { signature, type Operation } from '#harness/contract/operation.ts'
import { objectOf, type Fields, type Schema } from '#harness/contract/schema.ts'
import { textDecoder } from '#harness/serve/decode.ts'
import { pathMatcher } from '#harness/serve/routes.ts'
import { headerOf } from './call-facts.ts'
import { textFile } from './code.ts'
import { declaredBody } from './declared-fields.ts'
import { unmasked, withPlaceholders } from './placeholders.ts'
import type { SeenCall } from './seen-call.ts'

/** What a call sent: as the contract's own client takes it, and what of that a TypeScript compiler would refuse. */
export type SentInput = Readonly<{
  input: AnyCallInput
  /** Parts whose type is another one than the contract has, as in a call that is refused for its form. */
  mistyped: readonly (keyof AnyCallInput)[]
  /** What else there is to say of it. */
  notes: readonly string[]
}>

/** What a call sent, by the contract; secrets are placeholders. */
export function inputOf(operation: Operation, call: SeenCall): SentInput {
  const fields = fieldsOf(operation)
  const values = pathMatcher(operation.path)(call.path) ?? {}
  const given: Readonly<Record<TextPart, (name: string) => readonly string[]>> = {
    params: (name) => (name in values ? [values[name] ?? ''] : []),
    query: (name) => call.query[name] ?? [],
    headers: (name) => [call.request.headers[name.toLowerCase()] ?? []].flat(),
  }
  const texts = textParts.flatMap((part) => {
    const value = textPart(fields[part], given[part])
    return value ? [{ part, value, schema: objectOf(fields[part]) }] : []
  })
  const body = operation.kind === 'ws' ? undefined : bodyOf(contentOf(operation.spec.body), call)
  const parts = [...texts, ...(body ? [{ part: 'body' as const, value: body.value, schema: body.schema }] : [])]
  return {
    input: Object.fromEntries(parts.map(({ part, value }) => [part, value])),
    mistyped: parts.flatMap(({ part, value, schema }) => (schema && isMistyped(schema, value) ? [part] : [])),
    notes: [...(body?.notes ?? []), ...undeclaredQuery(operation, call)],
  }
}

const textParts = ['params', 'query', 'headers'] as const
type TextPart = (typeof textParts)[number]

function fieldsOf(operation: Operation): Readonly<Record<TextPart, Fields>> {
  const { params = {}, query = {} } = operation.spec
  return { params, query, headers: operation.kind === 'ws' ? {} : (operation.spec.headers ?? {}) }
}

function textPart(
  fields: Fields,
  get: (name: string) => readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  const decoded = textDecoder(fields)(get)
  const values = Object.entries(decoded).map(
    ([name, value]) => [name, withPlaceholders(value, fields[name], name)] as const,
  )
  return values.length > 0 ? Object.fromEntries(values) : undefined
}

type SentBody = Readonly<{ value: unknown; schema?: Schema; notes?: readonly string[] }>

function bodyOf(content: Content, { request, status = 0 }: SeenCall): SentBody | undefined {
  const { body } = request
  switch (content.kind) {
    case 'none':
      return undefined
    case 'json':
      return body.kind === 'json'
        ? jsonBody(body.value, content.schema, status)
        : { value: {}, schema: content.schema, notes: ['The body that was sent is no JSON, or was cut: fill it in.'] }
    case 'text':
      return { value: body.kind === 'text' ? unmasked(body.text) : '' }
    case 'bytes': {
      const type = headerOf(request.headers, 'content-type') ?? 'application/octet-stream'
      const size = body.kind === 'bytes' ? [`The body had ${body.size} bytes, which were not kept.`] : []
      const text = body.kind === 'text' ? unmasked(body.text) : 'placeholder'
      return { value: textFile(text, 'placeholder', type), notes: size }
    }
  }
}

function jsonBody(value: unknown, schema: Schema, status: number): SentBody {
  const declared = declaredBody(schema, value, status)
  const isLess = JSON.stringify(declared) !== JSON.stringify(value)
  return {
    value: withPlaceholders(declared, schema),
    schema,
    notes: isLess ? ['Fields of the body that was sent are left out here: the contract does not have them.'] : [],
  }
}

/** A value that breaks its schema by more than its content: a wrong type, a field too few or too many. */
function isMistyped(schema: Schema, value: unknown): boolean {
  const parsed = schema.safeParse(value)
  const byType = new Set<string>(['invalid_type', 'invalid_union', 'invalid_value', 'unrecognized_keys', 'invalid_key'])
  return !parsed.success && parsed.error.issues.some(({ code }) => byType.has(code))
}

function undeclaredQuery(operation: Operation, { query }: SeenCall): readonly string[] {
  const undeclared = Object.keys(query).filter((name) => !(name in (operation.spec.query ?? {})))
  if (undeclared.length === 0) return []
  return [`It was sent with ${undeclared.join(', ')} in its query, which ${signature(operation)} does not have.`]
}
