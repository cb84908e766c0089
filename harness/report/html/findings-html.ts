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
  return markup`${errors.map((one) => findingHtml(one, links))}${
    warnings.length > 0 &&
    (errors.length === 0
      ? warnings.map((one) => findingHtml(one, links))
      : fold(
          `${warnings.length} warnings`,
          warnings.map((one) => findingHtml(one, links)),
        ))
  }${told.length > 0 && markup`<h3>What failed tests said</h3>${told}`}`
}

function findingHtml(finding: PlacedFinding, links: Links): Markup {
  const places = finding.places.map((place) => markup`<span>${place.of} ${placeText(place, links)}</span>`)
  return markup`<div class="finding ${finding.severity}"><div><b>${finding.code}</b> <span class="where">${whereOf(finding)}</span></div><div>${finding.message}</div><div class="fix">${finding.fix}</div>${places.length > 0 && markup`<div class="places">${places}</div>`}</div>`
}
