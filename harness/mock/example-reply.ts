import { contentOf, headersOf, type Content, type ReplyDefinition } from '#harness/contract/content.ts'
import { isPlainObject } from '#harness/contract/example.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import type { HttpPactInteraction } from '#harness/pact/file/pact-file.ts'
import { textDecoder } from '#harness/serve/decode.ts'

type ExampleReply = HttpPactInteraction['response']
type ExampleBody = Readonly<{ content?: unknown; encoded?: string | boolean }>

/** A recorded reply over one that was made up: a recorded example holds only the fields that its consumer reads. */
export function exampleOver(made: AnyReply, example: ExampleReply, definition: ReplyDefinition | undefined): AnyReply {
  const content = exampleContent(example, contentOf(definition))
  return {
    ...made,
    headers: { ...made.headers, ...exampleHeaders(example, definition) },
    ...(content !== undefined && { body: overlay(made.body, content) }),
  }
}

/** The recorded headers that the contract declares, as a handler gives them. */
function exampleHeaders({ headers = {} }: ExampleReply, definition: ReplyDefinition | undefined): AnyReply['headers'] {
  const recorded = new Map(Object.entries(headers).map(([name, values]) => [name.toLowerCase(), values]))
  return textDecoder(headersOf(definition))((name) => recorded.get(name.toLowerCase()) ?? [])
}

/** A recorded body as a handler gives it: bytes stand as base64 in a pact file, text does where it is no JSON. */
function exampleContent({ body }: ExampleReply, { kind }: Content): unknown {
  const { content, encoded } = (body ?? {}) as ExampleBody
  if (typeof content !== 'string' || kind === 'none' || kind === 'json') return content
  const bytes = encoded === 'base64' ? fromBase64(content) : new TextEncoder().encode(content)
  return kind === 'bytes' ? bytes : new TextDecoder().decode(bytes)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** An example over a value that was made up by its schema. */
export function overlay(base: unknown, example: unknown): unknown {
  if (Array.isArray(example))
    return example.map((item, index) => overlay(Array.isArray(base) ? (base[index] ?? base[0]) : undefined, item))
  if (!isPlainObject(example) || !isPlainObject(base)) return example
  return {
    ...base,
    ...Object.fromEntries(Object.entries(example).map(([key, value]) => [key, overlay(base[key], value)])),
  }
}
