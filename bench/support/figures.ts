import { cpus } from 'node:os'
import { tableLines } from '#harness/report/table.ts'

/** Measurements of one thing, one from each round. */
export type Figures = readonly number[]

/** The middle one. */
export function median(figures: Figures): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** The middle one with least and most: `12.3 (11.9-14.0)`. */
export function spread(figures: Figures, digits = 0): string {
  const shown = (figure: number): string =>
    figure.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${shown(median(figures))} (${shown(Math.min(...figures))}-${shown(Math.max(...figures))})`
}

/** Each round's figure over that of the same round of another thing. */
export function ratios(figures: Figures, of: Figures): Figures {
  return figures.map((figure, round) => figure / (of[round] ?? NaN))
}

/** The best of all rounds over the best of another thing: what is left of the noise of a busy machine. */
export function bestOf(figures: Figures, of: Figures): string {
  return (Math.max(...figures) / Math.max(...of)).toFixed(2)
}

/** Rounds in turns: all things once, then all again, every second time backwards. */
export async function inTurns<T>(
  things: readonly T[],
  rounds: number,
  measure: (thing: T) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const thing of round % 2 === 0 ? things : things.toReversed()) await measure(thing)
  }
}

/** Prints a table under a title, with what it was measured on. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`\n${title}`)
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}\n`)
  console.log(tableLines([head, ...rows]).join('\n'))
}

/** The number behind a flag of the command line. */
export function numberFlag(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
