import { basename } from 'node:path'
import type { Links } from '../places/links.ts'
import type { Place } from '../places/source-files.ts'

/** So much of a text from outside is shown; the HTML has it whole. */
const longestText = 240

/** A text from outside as code, on one line. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${plain(text)}</code>`
}

/**
 * A text from outside as GitHub shows it literally, on one line and in a table too: each character that Markdown could read
 * is an entity (CommonMark §2.5: entities never stand for structure), and a space of no width keeps mentions and numbers of
 * issues from being linked.
 */
export function plain(text: string): string {
  const clipped = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  return clipped
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[&<>"'`*_~[\](){}!\\#|@:^$+=]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll('www.', 'www&#46;')
    .replaceAll(/&#64;(?=\S)|&#35;(?=\d)/g, (entity) => `${entity}&#8203;`)
}

/** A table. Cells are Markdown already. */
export function mdTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Something that can be folded. GitHub wants blank lines around Markdown within HTML. */
export function mdFold(head: string, body: string): string {
  return `<details><summary>${head}</summary>\n\n${body}\n\n</details>`
}

/** `file.ts:12`, as a link where sources can be read, and with its folders where they cannot. */
export function mdPlace(place: Place | undefined, links: Links): string {
  if (!place) return ''
  const url = links.to(place)
  if (url === undefined) return code(`${place.file}:${place.line}`)
  // Written by us, of encoded parts: it has neither quotes nor brackets.
  return `<a href="${url.replaceAll(/["'<>`|\s]/g, encodeURIComponent)}">${code(`${basename(place.file)}:${place.line}`)}</a>`
}
