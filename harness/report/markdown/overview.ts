import { figureLines } from '../data/figure-lines.ts'
import { whereOf } from '../data/placed-finding.ts'
import type { Report } from '../data/report.ts'
import { verdictSentence, verdictWord } from '../data/verdict-words.ts'
import type { Links } from '../places/links.ts'
import { code, mdFold, mdPlace, mdTable, plain } from './md.ts'

/** The verdict in a heading and a sentence. */
export function headline(report: Report): string {
  return `### Concordat: ${verdictWord(report).toLowerCase()}\n\n${plain(verdictSentence(report))}`
}

/** The figures as one table of two rows. */
export function figuresTable({ figures }: Report): string {
  const lines = figureLines(figures)
  return mdTable(
    lines.map(({ name }) => plain(name)),
    [lines.map(({ value, tone }) => (tone === 'bad' ? `**${plain(value)}**` : plain(value)))],
  )
}

/** The first errors as a table; nothing where there are none. */
export function errorsTable({ findings }: Report, links: Links, most: number): string | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return undefined
  const rows = errors
    .slice(0, most)
    .map((finding) => [
      `${code(finding.code)}<br>${plain(whereOf(finding))}`,
      plain(`${finding.message} ${finding.fix}`),
      finding.places.map((place) => mdPlace(place, links)).join('<br>'),
    ])
  const left = errors.length - rows.length
  return `${mdTable(['finding', 'what', 'lines'], rows)}${left > 0 ? `\n\n… and ${left} more, in report.html.` : ''}`
}

/** Warnings, folded. */
export function warningsList({ findings }: Report, most: number): string | undefined {
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  if (warnings.length === 0) return undefined
  const lines = warnings.slice(0, most).map(({ code: name, message }) => `- ${code(name)} ${plain(message)}`)
  const left = warnings.length - lines.length
  return mdFold(`${warnings.length} warnings`, [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n'))
}

/** What is otherwise than in the run before, in a list. */
export function changesList({ changes }: Report, most: number): string | undefined {
  if (!changes) return undefined
  const { newFindings, goneFindings, turned, newInteractions, goneInteractions, figures } = changes
  const lines = [
    ...newFindings.map(({ code: name, where }) => `- **new finding** ${code(name)} ${plain(where)}`),
    ...goneFindings.map(({ code: name, where }) => `- gone: ${code(name)} ${plain(where)}`),
    ...turned.map(({ what, from, to }) => `- ${plain(what)}: ${plain(from)}, now **${plain(to)}**`),
    ...newInteractions.map(({ edge, interaction }) => `- new interaction ${plain(`${edge}: ${interaction}`)}`),
    ...goneInteractions.map(({ edge, interaction }) => `- interaction gone ${plain(`${edge}: ${interaction}`)}`),
    ...figures.map(({ name, before, after }) => `- ${plain(name)}: ${plain(before)}, now ${plain(after)}`),
  ]
  if (lines.length === 0) return 'Nothing changed since the last run.'
  const left = lines.length - most
  return ['Since the last run:', '', ...lines.slice(0, most), ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n')
}
