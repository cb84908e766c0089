import type { Report } from '../data/report.ts'
import { linksUnder } from '../places/links.ts'
import { sectionsOf } from '../sections/sections.ts'
import { fitted, type MdPart } from './fitted.ts'
import { changesList, errorsTable, figuresTable, headline, warningsList } from './overview.ts'

/** What GitHub takes of one step's summary; it drops one that is longer. */
export const mostSummaryBytes = 1024 * 1024

const mostErrors = 200
const mostOthers = 100

/** A report as the summary of a job on GitHub: the verdict and what is wrong first, what may be left out last. */
export function summaryMd(report: Report, most: number = mostSummaryBytes): string {
  const links = linksUnder(report.run.sources)
  const errors = errorsTable(report, links, mostErrors)
  const changes = changesList(report, mostOthers)
  const warnings = warningsList(report, mostOthers)
  const parts: readonly (MdPart | undefined)[] = [
    { name: 'verdict', text: headline(report) },
    { name: 'figures', text: figuresTable(report) },
    changes === undefined ? undefined : { name: 'changes', text: changes },
    errors === undefined ? undefined : { name: 'findings', text: `#### Findings\n\n${errors}` },
    ...sectionsOf(report.sections).map(({ section, data }) => {
      const text = section.markdown?.(data, links)
      return text === undefined || text === ''
        ? undefined
        : { name: section.title, text: `#### ${section.title}\n\n${text}` }
    }),
    warnings === undefined ? undefined : { name: 'warnings', text: warnings },
  ]
  return fitted(
    parts.filter((part) => part !== undefined),
    most,
  )
}
