import { whereOf, type PlacedFinding } from '../data/placed-finding.ts'
import type { Report } from '../data/report.ts'
import type { Links } from '../places/links.ts'
import { markup, type Markup } from './markup.ts'
import { fold, placeText } from './pieces.ts'

/** What was found, errors first, and what failed tests said. */
export function findingsHtml({ findings, failures }: Report, links: Links): Markup {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  const told = failures.map(({ file, titles, message }) => {
    const head = markup`${titles[0] ?? file} <span class="place">${file}</span>`
    return fold(
      head,
      markup`${titles.length > 1 && markup`<p>and ${titles.length - 1} more that failed alike</p>`}<pre>${message}</pre>`,
    )
  })
  return markup`${list(errors, 'errors', links)}${list(warnings, 'warnings', links)}${told.length > 0 && markup`<h3>What failed tests said</h3>${told}`}`
}

/** So many are shown at once; of more, those after them can be unfolded. */
const mostShown = 20

function list(findings: readonly PlacedFinding[], what: string, links: Links): Markup {
  const all = findings.map((one) => findingHtml(one, links))
  const left = all.length - mostShown
  return markup`${all.slice(0, mostShown)}${left > 0 && fold(`${left} more ${what}`, all.slice(mostShown))}`
}

function findingHtml(finding: PlacedFinding, links: Links): Markup {
  const places = finding.places.map((place) => markup`<span>${place.of} ${placeText(place, links)}</span>`)
  return markup`<div class="finding ${finding.severity}"><div><b>${finding.code}</b> <span class="where">${whereOf(finding)}</span></div><div>${finding.message}</div><div class="fix">${finding.fix}</div>${places.length > 0 && markup`<div class="places">${places}</div>`}</div>`
}
