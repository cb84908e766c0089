import type { Document } from '../broker-client.ts'

/** A link of a HAL document. */
export type LinkTo = Readonly<{ href: string; name?: string }>

/** The documents in a document under a name; none where it has none. */
export function embedded(document: Document, name: string): readonly Document[] {
  const all = (document['_embedded'] ?? {}) as Readonly<Record<string, unknown>>
  const found = all[name]
  return Array.isArray(found) ? (found as readonly Document[]) : []
}

/** The links of a document under a relation: also where there is just one. */
export function links(document: Document, relation: string): readonly LinkTo[] {
  const all = (document['_links'] ?? {}) as Readonly<Record<string, unknown>>
  const found = all[relation]
  if (Array.isArray(found)) return found as readonly LinkTo[]
  return found === undefined ? [] : [found as LinkTo]
}

/** A field that is a text; undefined where it is none. */
export function text(document: Document, field: string): string | undefined {
  const value = document[field]
  return typeof value === 'string' ? value : undefined
}
