import { z } from 'zod'
import { markup } from '../../html/markup.ts'
import { row, table } from '../../html/pieces.ts'
import { plain } from '../../markdown/md.ts'
import { section } from '../section.ts'

const Figure = z.object({ name: z.string(), value: z.number(), unit: z.string() })
const Load = z.object({ system: z.string(), name: z.string(), figures: z.array(Figure) })
type Figure = z.output<typeof Figure>

/** What was measured under load. */
export const load = section({
  title: 'Load',
  data: z.array(Load),
  collect: ({ evidence: { results } }) =>
    results.flatMap((result) =>
      result.kind === 'load' ? [{ system: result.system, name: result.name, figures: [...result.figures] }] : [],
    ),
  html(runs) {
    if (runs.length === 0) return undefined
    const rows = runs.map(({ system, name, figures }) =>
      row([
        markup`<b>${system}</b> ${name}`,
        markup`${figures.map((figure) => markup`<span class="figure">${figure.name} <b>${valueOf(figure)}</b></span> `)}`,
      ]),
    )
    return table(['what', 'measured'], rows)
  },
  markdown: (runs) =>
    runs.length === 0
      ? undefined
      : runs
          .map(
            ({ name, figures }) =>
              `${plain(name)}: ${figures.map((one) => `${plain(one.name)} **${plain(valueOf(one))}**`).join(', ')}`,
          )
          .join('\n\n'),
})

function valueOf({ value, unit }: Figure): string {
  const short = Number.isInteger(value) || value >= 100 ? Math.round(value) : value.toPrecision(3)
  return unit === '' ? String(short) : `${short} ${unit}`
}
