import { z } from 'zod'
import { driftRuns } from '#harness/gate/drift-evidence.ts'
import { markup, type Markup } from '../../html/markup.ts'
import { chip, fold, meter, row, table } from '../../html/pieces.ts'
import { mdTable, plain } from '../../markdown/md.ts'
import { section } from '../section.ts'

const Suite = z.object({
  system: z.string(),
  edge: z.string(),
  target: z.string(),
  drifts: z.array(z.object({ name: z.string(), class: z.string(), caught: z.boolean(), detail: z.string() })),
  harmless: z.array(z.object({ name: z.string(), alarmed: z.boolean(), detail: z.string() })),
})
type Suite = z.output<typeof Suite>

/** Drifts that were applied on purpose, and whether the pacts noticed. */
export const drifts = section({
  title: 'Drifts applied',
  data: z.array(Suite),
  collect: ({ evidence: { results } }) =>
    driftRuns(results).map(({ system, edge, target, drifts: applied, harmless }) => ({
      system,
      edge,
      target,
      drifts: [...applied],
      harmless: [...harmless],
    })),
  html: (suites) => (suites.length === 0 ? undefined : markup`${suites.map(suiteHtml)}`),
  markdown: wrongMarkdown,
})

function suiteHtml({ system, edge, target, drifts: applied, harmless }: Suite): Markup {
  const caught = applied.filter((drift) => drift.caught).length
  const alarms = harmless.filter(({ alarmed }) => alarmed).length
  const isWell = caught === applied.length && alarms === 0
  const rows = [
    ...applied.map((drift) =>
      row([
        chip('quiet', drift.class),
        drift.name,
        chip(drift.caught ? 'good' : 'bad', drift.caught ? 'caught' : 'missed'),
        drift.detail,
      ]),
    ),
    ...harmless.map(({ name, alarmed, detail }) =>
      row([
        chip('quiet', 'harmless'),
        name,
        chip(alarmed ? 'bad' : 'good', alarmed ? 'false alarm' : 'no alarm'),
        detail,
      ]),
    ),
  ]
  const head = markup`<b>${system}</b> ${edge} on ${target} ${meter(caught, applied.length, caught === applied.length ? 'good' : 'bad')} caught, ${alarms} of ${harmless.length} false alarms`
  return fold(head, table(['class', 'what was changed', '', 'what was found'], rows), { open: !isWell })
}

function wrongMarkdown(suites: readonly Suite[]): string | undefined {
  const rows = suites.flatMap(({ edge, target, drifts: applied, harmless }) => [
    ...applied.flatMap(({ name, caught }) => (caught ? [] : [[plain(edge), plain(target), plain(name), 'missed']])),
    ...harmless.flatMap(({ name, alarmed }) =>
      alarmed ? [[plain(edge), plain(target), plain(name), 'false alarm']] : [],
    ),
  ])
  return rows.length === 0 ? undefined : mdTable(['edge', 'on', 'drift', 'what came of it'], rows)
}
