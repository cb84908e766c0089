import { markup, type Markup } from '../../html/markup.ts'
import { runsOf, type Run } from './exchange-runs.ts'
import type { ExchangeData } from './data.ts'

const rowHeight = 38
const headHeight = 44
const timeWidth = 76
const outcomeWidth = 190
/** How far apart lines may be, by how many there are. */
const widest: Readonly<Record<number, number>> = { 2: 520, 3: 290, 4: 200 }
/** About how wide a letter of a label is. */
const letter = 6.6

/** Who called whom, from top to bottom: a line for each component, an arrow for each call, what came of it on the right. */
export function sequenceDiagram(exchanges: readonly ExchangeData[]): Markup {
  const names = [...new Set(exchanges.flatMap(({ consumer, provider }) => [consumer, provider]))]
  const runs = runsOf(exchanges)
  const longest = Math.max(...runs.map(({ exchange, count }) => labelOf(exchange, count).length))
  const span = Math.min(Math.max(170, longest * letter + 40), widest[names.length] ?? 180)
  const xOf = (name: string): number => timeWidth + 60 + names.indexOf(name) * span
  const right = timeWidth + 120 + (names.length - 1) * span + outcomeWidth
  const bottom = headHeight + runs.length * rowHeight + 16
  return markup`<div class="scroll"><svg class="sequence" width="${right}" height="${bottom}" viewBox="0 0 ${right} ${bottom}" role="img" aria-label="${runs.length} calls between ${names.join(', ')}">${names.map((name) => lifeline(name, xOf(name), bottom))}${runs.map((run, index) => call(run, { y: headHeight + index * rowHeight + 26, xOf, span, right }))}</svg></div>`
}

function lifeline(name: string, x: number, bottom: number): Markup {
  const half = Math.max(36, (name.length * 7.4) / 2 + 10)
  return markup`<line class="life" x1="${x}" y1="34" x2="${x}" y2="${bottom - 8}"/><rect class="who" x="${x - half}" y="8" width="${half * 2}" height="26" rx="6"/><text class="name" x="${x}" y="25" text-anchor="middle">${name}</text>`
}

type Where = Readonly<{ y: number; xOf: (name: string) => number; span: number; right: number }>

function call({ exchange, count }: Run, { y, xOf, span, right }: Where): Markup {
  const [x1, x2] = [xOf(exchange.consumer), xOf(exchange.provider)]
  const direction = x2 > x1 ? 1 : -1
  const tip = x2 - direction * 1
  const room = Math.floor((Math.max(span, Math.abs(x2 - x1)) - 24) / letter)
  const label = labelOf(exchange, count)
  const shown = label.length > room ? `${label.slice(0, room - 1)}…` : label
  const tone = toneOf(exchange)
  const title = `${exchange.consumer} -> ${exchange.provider}: ${exchange.operation ?? 'undeclared'} ${label}`
  return markup`<g class="call ${tone}"><title>${title}</title><text class="time" x="${timeWidth - 12}" y="${y + 4}" text-anchor="end">${timeOf(exchange.at)}</text><text x="${(x1 + x2) / 2}" y="${y - 6}" text-anchor="middle">${shown}</text><line x1="${x1}" y1="${y}" x2="${tip}" y2="${y}"/><path d="M${tip} ${y} l${-7 * direction} -4 v8 z"/><text class="outcome" x="${right - outcomeWidth + 20}" y="${y + 4}">${outcomeOf(exchange)}</text></g>`
}

function labelOf({ signature }: ExchangeData, count: number): string {
  return count > 1 ? `${signature} ×${count}` : signature
}

function timeOf(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

function outcomeOf({ status, outcome, milliseconds, items }: ExchangeData): string {
  const what =
    status === undefined
      ? outcome
      : outcome === 'answered' || outcome === 'streamed'
        ? String(status)
        : `${status} ${outcome}`
  return [
    what,
    timeOf(Math.round(milliseconds)),
    ...(items === undefined ? [] : [`${items} item${items === 1 ? '' : 's'}`]),
  ].join(' · ')
}

/** A refusal is an answer like others; what broke off, or failed in the provider, is not. */
function toneOf({ status, outcome, operation }: ExchangeData): string {
  if (operation === undefined) return 'undeclared'
  if (status === undefined || status >= 500 || (outcome !== 'answered' && outcome !== 'streamed')) return 'failed'
  return status >= 400 ? 'refused' : 'answered'
}
