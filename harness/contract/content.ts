import type { z } from 'zod'
import type { Fields, Schema } from './schema.ts'

/** What a body consists of. A bare Zod schema stands for JSON. */
export type Content =
  | Readonly<{ kind: 'json'; schema: Schema }>
  | Readonly<{ kind: 'text'; mediaType: string }>
  | Readonly<{ kind: 'bytes'; mediaTypes: readonly string[]; maxBytes: number }>
  | Readonly<{ kind: 'none' }>

export type TextContent = Extract<Content, { kind: 'text' }>
export type BytesContent = Extract<Content, { kind: 'bytes' }>
export type NoContent = Extract<Content, { kind: 'none' }>

/** A body together with the headers that come with it. */
export type ContentWithHeaders<B extends BodyDefinition = BodyDefinition, H extends Fields = Fields> = Readonly<{
  kind: 'with-headers'
  body: B
  headers: H
}>

export type BodyDefinition = Schema | TextContent | BytesContent | NoContent
export type ReplyDefinition = BodyDefinition | ContentWithHeaders

/** A body of text in one media type. */
export function text(mediaType: string): TextContent {
  return { kind: 'text', mediaType }
}

/** A body of raw bytes in one of some media types (`*` after the slash for any subtype), of a limited size. */
export function bytes(options: { mediaTypes: readonly string[]; maxBytes: number }): BytesContent {
  return { kind: 'bytes', ...options }
}

/** No body at all, as in a 204. */
export const none: NoContent = { kind: 'none' }

/** Says which headers a reply carries beside its body. */
export function withHeaders<B extends BodyDefinition, const H extends Fields>(
  body: B,
  headers: H,
): ContentWithHeaders<B, H> {
  return { kind: 'with-headers', body, headers }
}

/** What one gives to send a body. */
export type BodyInput<B> =
  B extends ContentWithHeaders<infer I>
    ? BodyInput<I>
    : B extends BytesContent
      ? Blob | Uint8Array<ArrayBuffer>
      : B extends TextContent
        ? string
        : B extends NoContent
          ? undefined
          : B extends Schema
            ? z.input<B>
            : never

/** What one gets on reading a body. */
export type BodyOutput<B> =
  B extends ContentWithHeaders<infer I>
    ? BodyOutput<I>
    : B extends BytesContent
      ? Uint8Array<ArrayBuffer>
      : B extends TextContent
        ? string
        : B extends NoContent
          ? undefined
          : B extends Schema
            ? z.output<B>
            : never

/** The tagged form of a body definition. */
export function contentOf(definition: ReplyDefinition | undefined): Content {
  if (definition === undefined) return none
  if (!('kind' in definition)) return { kind: 'json', schema: definition }
  return definition.kind === 'with-headers' ? contentOf(definition.body) : definition
}

/** The headers that a reply definition declares. */
export function headersOf(definition: ReplyDefinition | undefined): Fields {
  return definition && 'kind' in definition && definition.kind === 'with-headers' ? definition.headers : {}
}

/** Whether a Content-Type header value names one of the media types; parameters such as charset are ignored. */
export function isMediaType(value: string | null, ...mediaTypes: readonly string[]): boolean {
  const given = (value ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return mediaTypes.some((type) => {
    if (type === '*/*') return given !== ''
    return type.endsWith('/*') ? given.startsWith(type.slice(0, -1)) : given === type
  })
}
