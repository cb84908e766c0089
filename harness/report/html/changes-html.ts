import type { Changes } from '../data/changes.ts'
import { markup, type Markup } from './markup.ts'
import { chip, note, row, table } from './pieces.ts'

/** What is otherwise than in the run before. */
export function changesHtml(changes: Changes): Markup {
  const { since, newFindings, goneFindings, newInteractions, goneInteractions, turned, figures } = changes
  const rows = [
    ...newFindings.map(({ code, where, message }) =>
      row([chip('bad', 'new finding'), markup`<b>${code}</b> ${where}: ${message}`]),
    ),
    ...goneFindings.map(({ code, where }) => row([chip('good', 'gone'), markup`<b>${code}</b> ${where}`])),
    ...turned.map(({ what, from, to }) => row([chip(isWell(to) ? 'good' : 'bad', to), `${what} (${from} before)`])),
    ...newInteractions.map(({ edge, interaction }) =>
      row([chip('quiet', 'new interaction'), `${edge}: ${interaction}`]),
    ),
    ...goneInteractions.map(({ edge, interaction }) =>
      row([chip('warn', 'interaction gone'), `${edge}: ${interaction}`]),
    ),
    ...figures.map(({ name, before, after }) => row([chip('quiet', name), `${after}, ${before} before`])),
  ]
  const before = `Compared with the run of ${since.at}${since.commit === undefined ? '' : ` at ${since.commit.slice(0, 10)}`}, which was ${since.verdict}.`
  return markup`${note(before)}${rows.length === 0 ? note('Nothing changed.') : table(['', 'what'], rows)}`
}

function isWell(state: string): boolean {
  return state === 'same' || state === 'passed'
}
