import { figureLines } from '../data/figure-lines.ts'
import type { Report } from '../data/report.ts'
import { verdictSentence, verdictWord } from '../data/verdict-words.ts'
import { markup, type Markup } from './markup.ts'

/** The verdict, which run it is of, and its figures. */
export function verdictHtml(report: Report): Markup {
  const { run, figures } = report
  const facts = [
    run.systems.join(', '),
    run.branch,
    run.commit?.slice(0, 10),
    run.at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
    `${figures.seconds.toFixed(1)} s`,
    ...figures.stores,
  ].filter((fact) => fact !== undefined)
  const tiles = figureLines(figures).map(
    ({ name, value, tone }) => markup`<li class="${tone}"><b>${value}</b><span>${name}</span></li>`,
  )
  return markup`<header class="verdict ${report.verdict.split(' ')[0]}"><h1>${verdictWord(report)}</h1><p class="says">${verdictSentence(report)}</p><p class="run">${facts.map((fact) => markup`<span>${fact}</span>`)}${run.url !== undefined && markup`<a href="${run.url}">this run</a>`}</p></header><ul class="tiles">${tiles}</ul>`
}
