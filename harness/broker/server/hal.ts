import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** The media type of the broker's answers. */
export const halType = 'application/hal+json;charset=utf-8'

export type Link = Readonly<{ href: string; title?: string; name?: string; templated?: boolean }>
export type Links = Readonly<Record<string, Link | readonly Link[]>>

/** Answers with a HAL document. */
export function hal(
  c: Context,
  document: Readonly<Record<string, unknown>>,
  status: ContentfulStatusCode = 200,
): Response {
  return c.body(JSON.stringify(document), status, { 'content-type': halType })
}

/** Whether whoever asks wants a page to look at rather than a document. */
export function wantsPage(c: Context): boolean {
  const accept = c.req.header('accept') ?? ''
  return accept.includes('text/html') && !/application\/(hal\+)?json/.test(accept)
}
