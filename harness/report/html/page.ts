import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { counted } from '#harness/gate/stage-progress.ts'
import type { Report } from '../data/report.ts'
import { linksUnder } from '../places/links.ts'
import { sectionsOf } from '../sections/sections.ts'
import { changesHtml } from './changes-html.ts'
import { findingsHtml } from './findings-html.ts'
import { markup, trusted, type Markup } from './markup.ts'
import { verdictHtml } from './verdict-html.ts'

const style = readFileSync(new URL('page.css', import.meta.url), 'utf8')
const script = readFileSync(new URL('page-script.js', import.meta.url), 'utf8')

/** The only style and script that a browser takes from the page, by their hashes; nothing is fetched (CSP Level 3). */
const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`

/** A report as one page that needs nothing else. The same report gives the same page. */
export function reportPage(report: Report): string {
  const parts = partsOf(report)
  const contents = parts.map(({ id, title }) => markup`<a href="#${id}">${title}</a>`)
  const body = parts.map(
    ({ id, title, small, body: part }) =>
      markup`<section id="${id}"><h2>${title}${small && markup`<small>${small}</small>`}</h2>${part}</section>`,
  )
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Concordat: ${report.verdict}</title>
<style>${trusted(style)}</style>
</head>
<body>
<div class="frame">
<div class="top"><span class="brand">Concordat</span><span class="spring"></span><input id="filter" type="search" placeholder="Filter" aria-label="Filter rows"><button id="folds" type="button">Fold</button><button id="theme" type="button">Theme</button></div>
${verdictHtml(report)}
<div class="body">
<nav class="contents" aria-label="Contents">${contents}</nav>
<main>${body}</main>
</div>
<footer>Made of report.json alone: <code>concordat report report.json</code> gives the same page.</footer>
</div>
<script>${trusted(script)}</script>
</body>
</html>
`.text
}

type Part = Readonly<{ id: string; title: string; small?: string; body: Markup }>

function partsOf(report: Report): readonly Part[] {
  const links = linksUnder(report.run.sources)
  const { findings, changes } = report
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return [
    ...(findings.length + report.failures.length > 0
      ? [
          {
            id: 'findings',
            title: 'Findings',
            small: `${counted(errors, 'error')}, ${counted(findings.length - errors, 'warning')}`,
            body: findingsHtml(report, links),
          },
        ]
      : []),
    ...(changes ? [{ id: 'changes', title: 'Since the last run', body: changesHtml(changes) }] : []),
    ...sectionsOf(report.sections).flatMap(({ name, section, data }) => {
      const body = section.html(data, links)
      return body ? [{ id: name, title: section.title, body }] : []
    }),
  ]
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
