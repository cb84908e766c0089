/** A piece of HTML or SVG in which all that came from outside is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: texts are escaped, pieces go in as they are, lists one after another; nothing leaves nothing. */
export type Hole = string | number | Markup | undefined | false | readonly Hole[]

/** Makes a piece of HTML; also of an attribute's value, as long as that stands in double quotes. */
export function markup(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(parts.reduce((text, part, index) => `${text}${textOf(holes[index - 1])}${part}`))
}

/** A text that is HTML already. Only for what this harness wrote itself. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function textOf(hole: Hole): string {
  if (hole === undefined || hole === false) return ''
  if (hole instanceof Markup) return hole.text
  if (typeof hole === 'object') return hole.map(textOf).join('')
  return escapeHtml(String(hole))
}

/** A text as HTML and XML have it in text and in quoted attributes; characters that XML forbids are left out (XML 1.0 §2.2). */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(forbidden, '')
    .replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '')
}

// oxlint-disable-next-line eslint/no-control-regex -- these are the ones to take out
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
