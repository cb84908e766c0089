import { markup, type Markup } from '../html/markup.ts'
import type { Report } from '../data/report.ts'
import { suitesOf, type Case, type Suite } from './suites.ts'

/**
 * A report as JUnit XML, with the elements and attributes that Jenkins' schema has (jenkins-junit.xsd), which GitHub,
 * GitLab and Azure read too.
 */
export function junitXml(report: Report): string {
  const suites = suitesOf(report)
  const all = suites.flatMap(({ cases }) => cases)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${
    markup`<testsuites name="concordat" tests="${all.length}" failures="${failuresIn(all)}" errors="0" time="${report.figures.seconds.toFixed(3)}">
${suites.map((suite) => suiteXml(suite, report.run.at))}</testsuites>
`.text
  }`
}

function suiteXml({ name, seconds = 0, cases }: Suite, at: string): Markup {
  return markup`<testsuite name="${name}" tests="${cases.length}" failures="${failuresIn(cases)}" errors="0" skipped="0" time="${seconds.toFixed(3)}" timestamp="${at.replace(/(\.\d+)?Z$/, '')}">
${cases.map(caseXml)}</testsuite>
`
}

function caseXml({ name, className, failure }: Case): Markup {
  if (!failure) return markup`<testcase name="${oneLine(name)}" classname="${className}"/>\n`
  return markup`<testcase name="${oneLine(name)}" classname="${className}"><failure type="${failure.type}" message="${oneLine(failure.message)}">${failure.detail}</failure></testcase>\n`
}

function failuresIn(cases: readonly Case[]): number {
  return cases.filter(({ failure }) => failure).length
}

/** In an attribute a line end is a space to every reader (XML 1.0 §3.3.3). */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
