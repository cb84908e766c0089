import { basename } from 'node:path'
import type { Links } from '../places/links.ts'
import type { Place } from '../places/source-files.ts'
import { markup, type Hole, type Markup } from './markup.ts'

/** How something stands: the page has one colour for each. */
export type Tone = 'good' | 'bad' | 'warn' | 'quiet'

/** A short word with a colour. */
export function chip(tone: Tone, text: string): Markup {
  return markup`<span class="chip ${tone}">${text}</span>`
}

/** A table that scrolls by itself where it is too wide; `wide`: its first column holds sentences. */
export function table(heads: readonly string[], rows: readonly Markup[], kind: 'wide' | 'plain' = 'plain'): Markup {
  const cells = heads.map((head) => markup`<th scope="col">${head}</th>`)
  return markup`<div class="scroll"><table class="${kind}"><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table></div>`
}

/** A row of a table; `words` are what the filter of the page looks in. */
export function row(cells: readonly Hole[]): Markup {
  return markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`
}

/** Something that can be folded. */
export function fold(head: Hole, body: Hole, { open = false } = {}): Markup {
  return markup`<details${open ? openAttribute : ''}><summary>${head}</summary><div class="folded">${body}</div></details>`
}

const openAttribute = markup` open`

/** `folder/file.ts:12`, as a link where sources can be read. */
export function placeText(place: Place | undefined, links: Links): Markup | undefined {
  return place && placeLink(place, links, place.file)
}

/** The same without folders, for a table: they show when somebody points at it. */
export function placeName(place: Place | undefined, links: Links): Markup | undefined {
  return place && placeLink(place, links, basename(place.file))
}

function placeLink(place: Place, links: Links, name: string): Markup {
  const url = links.to(place)
  const title = `${place.file}:${place.line}`
  return url === undefined
    ? markup`<span class="place" title="${title}">${name}:${place.line}</span>`
    : markup`<a class="place" title="${title}" href="${url}">${name}:${place.line}</a>`
}

/** A share as a bar with its figure. */
export function meter(part: number, whole: number, tone: Tone): Markup {
  const width = whole === 0 ? 0 : Math.round((part / whole) * 100)
  return markup`<span class="meter ${tone}"><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6" rx="3"/><rect class="fill" width="${width}" height="6" rx="3"/></svg>${part} of ${whole}</span>`
}

/** A sentence where there is nothing to show. */
export function note(text: string): Markup {
  return markup`<p class="note">${text}</p>`
}
