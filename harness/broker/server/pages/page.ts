import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { pagePolicy, pageStyle } from './page-style.ts'

/** A part of a page, with what came from outside escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

// As it is: its digest is in the policy, and a space more makes another one.
const styleElement = raw(`<style>${pageStyle}</style>`)

/** Answers with a page. */
export async function page(c: Context, title: string, content: Html): Promise<Response> {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Broker</title>
        ${styleElement}
      </head>
      <body>
        <header><strong>Broker</strong><a href="/ui">Pacts</a><a href="/ui/network">Network</a></header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`
  return c.body(String(document), 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': pagePolicy,
    'referrer-policy': 'no-referrer',
  })
}

/** A result in a word and a colour. */
export function resultWord(success: boolean | null | undefined): Html {
  if (success === true) return html`<span class="good">✓ verified</span>`
  if (success === false) return html`<span class="bad">✗ failed</span>`
  return html`<span class="open">? not verified</span>`
}

/** A query string out of what is given. */
export function query(parts: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parts).toString()
}

/** When something was, to the minute. */
export function at(date: Date): Html {
  return html`<time class="muted" datetime="${date.toISOString()}"
    >${date.toISOString().slice(0, 16).replace('T', ' ')}</time
  >`
}
