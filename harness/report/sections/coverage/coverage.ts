import { markup, type Markup } from '../../html/markup.ts'
import { meter, note, row, table } from '../../html/pieces.ts'
import { code, mdTable, plain } from '../../markdown/md.ts'
import { section } from '../section.ts'
import { collectCoverage } from './collect.ts'
import { Coverage, type CoveredOperation } from './data.ts'

/** What is called and in no pact, and what nobody uses: the denominators of everything else. */
export const coverage = section({
  title: 'Coverage',
  data: Coverage,
  collect: collectCoverage,
  html: coverageHtml,
  markdown: coverageMarkdown,
})

function coverageHtml({ totals, calledUnrecorded, undeclared, unused }: Coverage): Markup {
  const unusedRows = unused.map(({ system, provider, operation, signature }) =>
    row([`${system}/${provider}`, markup`<code>${operation}</code>`, markup`<code>${signature}</code>`]),
  )
  return markup`<ul class="meters"><li>edges with a pact ${meter(totals.edgesWithPact, totals.edges, 'good')}</li><li>operations in a pact ${meter(totals.recorded, totals.operations, 'good')}</li><li>operations called in scenarios ${meter(totals.called, totals.operations, 'good')}</li></ul>${calledHtml('Called in scenarios, in no pact of that edge', calledUnrecorded)}${calledHtml('Called, and in no contract', undeclared)}<h3>In no pact, and called by no scenario</h3>${unused.length === 0 ? note('None.') : table(['component', 'operation', 'contract'], unusedRows)}`
}

function calledHtml(title: string, calls: readonly CoveredOperation[]): Markup {
  const rows = calls.map(({ consumer, provider, operation, signature, called }) =>
    row([
      `${consumer} -> ${provider}`,
      markup`<code>${operation ?? '-'}</code>`,
      markup`<code>${signature}</code>`,
      called,
    ]),
  )
  return markup`<h3>${title}</h3>${calls.length === 0 ? note('None.') : table(['edge', 'operation', 'contract', 'calls'], rows)}`
}

function coverageMarkdown({ totals, calledUnrecorded, undeclared }: Coverage): string {
  const figures = `${totals.edgesWithPact} of ${totals.edges} edges have a pact, ${totals.recorded} of ${totals.operations} operations are in one, ${totals.called} are called in scenarios.`
  const calls = [...undeclared, ...calledUnrecorded]
  if (calls.length === 0) return figures
  const rows = calls.map(({ consumer, provider, signature, operation, called }) => [
    plain(`${consumer} -> ${provider}`),
    code(signature),
    operation === undefined ? 'in no contract' : 'in no pact of this edge',
    String(called),
  ])
  return `${figures}\n\n${mdTable(['called in scenarios', 'operation', 'what is missing', 'calls'], rows)}`
}
