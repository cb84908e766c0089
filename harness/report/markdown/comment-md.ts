import type { Report } from '../data/report.ts'
import { linksUnder } from '../places/links.ts'
import { fitted, type MdPart } from './fitted.ts'
import { plain } from './md.ts'
import { changesList, errorsTable, figuresTable, headline } from './overview.ts'

/** GitHub takes 65,536 characters; bytes are never fewer. */
const mostBytes = 65_536
const mostErrors = 10
const mostChanges = 20

/** A report as a comment on a pull request. By its first line, which nobody sees, it is found again and replaced. */
export function commentMd(report: Report): string {
  const { run } = report
  const errors = errorsTable(report, linksUnder(run.sources), mostErrors)
  const changes = changesList(report, mostChanges)
  const of = [
    run.commit && `commit ${plain(run.commit.slice(0, 10))}`,
    run.url && `<a href="${encodeURI(run.url)}">the whole report</a>`,
  ]
  const footer = of.filter(Boolean).join(' · ')
  const parts: readonly (MdPart | undefined)[] = [
    { name: 'verdict', text: `${marker(run.systems)}\n${headline(report)}` },
    { name: 'figures', text: figuresTable(report) },
    errors === undefined ? undefined : { name: 'findings', text: errors },
    changes === undefined ? undefined : { name: 'changes', text: changes },
    footer === '' ? undefined : { name: 'links', text: footer },
  ]
  return fitted(
    parts.filter((part) => part !== undefined),
    mostBytes,
  )
}

/** Gates of other systems have comments of their own. */
function marker(systems: readonly string[]): string {
  return `<!-- concordat-gate: ${systems.map((name) => name.replaceAll(/[^\w-]/g, '')).join(' ')} -->`
}
