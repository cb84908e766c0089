import type { ExchangeData } from './data.ts'

/** Calls that follow each other and are alike, as one: the first, and how many. */
export type Run = Readonly<{ exchange: ExchangeData; count: number }>

/** Puts calls together that follow each other on one edge, with one operation and one outcome. */
export function runsOf(exchanges: readonly ExchangeData[]): readonly Run[] {
  const runs: { exchange: ExchangeData; count: number }[] = []
  for (const exchange of exchanges) {
    const last = runs.at(-1)
    if (last && kindOf(last.exchange) === kindOf(exchange)) last.count++
    else runs.push({ exchange, count: 1 })
  }
  return runs
}

function kindOf({ consumer, provider, signature, status, outcome }: ExchangeData): string {
  return JSON.stringify([consumer, provider, signature, status, outcome])
}
