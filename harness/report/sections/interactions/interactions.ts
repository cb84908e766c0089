import { markup, type Markup } from '../../html/markup.ts'
import { chip, fold, note, placeName, row, table } from '../../html/pieces.ts'
import { mdFold, mdTable, plain } from '../../markdown/md.ts'
import type { Links } from '../../places/links.ts'
import { section } from '../section.ts'
import { collectInteractions } from './collect.ts'
import { EdgeInteractions, type InteractionData, type ReplayData } from './data.ts'

/** Edges by interactions by targets. */
export const interactions = section({
  title: 'Interactions',
  data: EdgeInteractions,
  collect: collectInteractions,
  html: (edges, links) => (edges.length === 0 ? undefined : markup`${edges.map((edge) => edgeHtml(edge, links))}`),
  markdown: (edges) => edges.map(edgeMarkdown).join('\n\n'),
})

function edgeHtml(edge: EdgeInteractions, links: Links): Markup {
  const targets = edge.runs.map(({ target }) => target)
  const head = markup`<b>${edge.system}</b> ${edge.edge} ${counts(edge)}`
  if (edge.pact !== 'read')
    return fold(head, note(`There is no pact that can be read: it is ${edge.pact}.`), { open: true })
  const rows = edge.interactions.map((one) =>
    row([
      markup`${one.description}${differences(one)}`,
      markup`<code>${one.operation ?? 'undeclared'}</code>`,
      ...one.replays.map(({ state }) => chip(tones[state], words[state])),
      placeName(one.place, links),
    ]),
  )
  return fold(head, table(['interaction', 'operation', ...targets, 'described in'], rows, 'wide'), { open: true })
}

function counts({ runs, interactions: all }: EdgeInteractions): Markup {
  return markup`${runs.map(({ target }) => {
    const states = all.map((one) => one.replays.find((replay) => replay.target === target)?.state)
    const same = states.filter((state) => state === 'same').length
    return chip(same === all.length ? 'good' : 'bad', `${target} ${same}/${all.length}`)
  })}`
}

function differences({ replays }: InteractionData): Markup | undefined {
  const found = replays.flatMap((replay) => replay.differences.map((text) => `${replay.target}: ${text}`))
  return found.length === 0
    ? undefined
    : markup`<ul class="differences">${found.map((text) => markup`<li>${text}</li>`)}</ul>`
}

const tones = { same: 'good', differs: 'bad', missing: 'bad' } as const satisfies Record<ReplayData['state'], string>
const words = { same: 'same', differs: 'differs', missing: 'not replayed' } as const satisfies Record<
  ReplayData['state'],
  string
>

/** Where all is the same, the number alone: the report has them one by one. */
function edgeMarkdown({ edge, interactions: all, runs }: EdgeInteractions): string {
  const wrong = all.filter(({ replays }) => replays.some(({ state }) => state !== 'same'))
  const targets = runs.map(({ target }) => target)
  if (wrong.length === 0) return `${plain(edge)}: ${all.length} interactions, the same on ${plain(targets.join(', '))}`
  const rows = wrong.map(({ description, replays }) => [
    plain(description),
    ...replays.map(({ state }) => (state === 'same' ? 'same' : `**${words[state]}**`)),
  ])
  return mdFold(
    `${plain(edge)}: ${wrong.length} of ${all.length} interactions differ`,
    mdTable(['interaction', ...targets], rows),
  )
}
