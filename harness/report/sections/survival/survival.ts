import { z } from 'zod'
import { survivalsIn } from '#harness/gate/survival-evidence.ts'
import { markup, type Markup } from '../../html/markup.ts'
import { chip, fold, meter, row, table } from '../../html/pieces.ts'
import { mdTable, plain } from '../../markdown/md.ts'
import { section } from '../section.ts'

const Trial = z.object({
  system: z.string(),
  edge: z.string(),
  operation: z.string(),
  interaction: z.string(),
  fault: z.string().describe('In words: `connection reset, twice`.'),
  survived: z.boolean(),
  detail: z.string().describe('What is wrong, and why; empty where it survived.'),
})
type Trial = z.output<typeof Trial>

/** Which faults consumers survive, of those that they are declared to. */
export const survival = section({
  title: 'Survival',
  data: z.array(Trial),
  collect: ({ evidence: { results } }) => survivalsIn(results).map(({ kind: _kind, suite: _suite, ...trial }) => trial),
  html: (trials) => (trials.length === 0 ? undefined : markup`${[...byEdge(trials)].map(edgeHtml)}`),
  markdown: lostMarkdown,
})

function byEdge(trials: readonly Trial[]): ReadonlyMap<string, readonly Trial[]> {
  return Map.groupBy(trials, ({ system, edge }) => `${system}: ${edge}`)
}

function edgeHtml([edge, trials]: readonly [string, readonly Trial[]]): Markup {
  const survived = trials.filter((trial) => trial.survived).length
  const isWhole = survived === trials.length
  const rows = trials.map((trial) =>
    row([
      trial.interaction,
      markup`<code>${trial.operation}</code>`,
      trial.fault,
      chip(trial.survived ? 'good' : 'bad', trial.survived ? 'survived' : 'lost'),
      trial.detail,
    ]),
  )
  const head = markup`${edge} ${meter(survived, trials.length, isWhole ? 'good' : 'bad')}`
  return fold(head, table(['interaction', 'operation', 'fault', '', 'what is wrong'], rows, 'wide'), { open: !isWhole })
}

function lostMarkdown(trials: readonly Trial[]): string | undefined {
  const lost = trials.filter((trial) => !trial.survived)
  if (lost.length === 0) return undefined
  return mdTable(
    ['edge', 'fault not survived', 'what is wrong'],
    lost.map(({ edge, fault, detail }) => [plain(edge), plain(fault), plain(detail)]),
  )
}
