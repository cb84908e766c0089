import { STATUS_CODES } from 'node:http'
import { contentOf, headersOf, type Content, type ReplyDefinition } from '#harness/contract/content.ts'
import { objectOf } from '#harness/contract/schema.ts'
import type { SchemaBook, Side } from '../schema-book.ts'

type Described = Readonly<Record<string, unknown>>

/** The body that an operation takes; undefined where it takes none. */
export function requestBody(content: Content, book: SchemaBook): Described | undefined {
  const media = mediaTypes(content, 'input', book)
  if (!media) return undefined
  const limit = content.kind === 'bytes' ? { description: `Up to ${content.maxBytes} bytes.` } : {}
  return { ...limit, required: true, content: media }
}

/** What documents have in common: the schemas, and the header that carries the request id in each reply. */
export type Writing = Readonly<{ book: SchemaBook; requestIdHeader: string }>

/** One reply: its body, and its headers beside the request id, which all have. */
export function responseObject(status: number, definition: ReplyDefinition, writing: Writing): Described {
  const { book } = writing
  const content = mediaTypes(contentOf(definition), 'output', book)
  const { properties = {}, required = [] } = book.schemaOf(objectOf(headersOf(definition)), 'output')
  // The media type stands with the content.
  const own = Object.entries(properties).filter(([name]) => name !== 'content-type')
  const headers = own.map(([name, schema]) => [name, { required: required.includes(name), schema }] as const)
  return {
    description: STATUS_CODES[status] ?? `Status ${status}`,
    headers: { ...Object.fromEntries(headers), ...requestIdHeader(writing) },
    ...(content && { content }),
  }
}

/** The header that each reply has, declared under `components`. */
export function requestIdHeader({ requestIdHeader: name }: Writing): Described {
  return { [name]: { $ref: '#/components/headers/RequestId' } }
}

function mediaTypes(content: Content, side: Side, book: SchemaBook): Described | undefined {
  switch (content.kind) {
    case 'none':
      return undefined
    case 'json':
      return { 'application/json': { schema: book.schemaOf(content.schema, side) } }
    case 'text':
      return { [content.mediaType]: { schema: { type: 'string' } } }
    case 'bytes':
      return Object.fromEntries(
        content.mediaTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
      )
  }
}
