import type { Figures } from './figures.ts'

/** One figure in words, and how it stands. */
export type FigureLine = Readonly<{ name: string; value: string; tone: 'good' | 'bad' | 'quiet' }>

/** The gate in figures, in the order in which they are shown. What was not tried is left out. */
export function figureLines(figures: Figures): readonly FigureLine[] {
  const { edges, recorded, replayed, alsoReplayed, scenarios, survival, drift } = figures
  const targets = [
    { target: 'live', recorded, ...replayed.live },
    { target: 'mock', recorded, ...replayed.mock },
    ...alsoReplayed,
  ]
  return [
    { name: 'edges', value: String(edges), tone: edges > 0 ? 'quiet' : 'bad' },
    { name: 'interactions', value: String(recorded), tone: recorded > 0 ? 'quiet' : 'bad' },
    ...targets.map((count) => share(count.target, count.replayed - count.differing, count.recorded)),
    ...(scenarios.told > 0 ? [share('scenarios', scenarios.passed, scenarios.told)] : []),
    ...(survival.tried > 0 ? [share('faults survived', survival.survived, survival.tried)] : []),
    ...(drift.applied > 0 ? [share('drifts caught', drift.caught, drift.applied)] : []),
    ...(drift.harmless > 0 ? [alarms(drift)] : []),
  ]
}

function share(name: string, part: number, whole: number): FigureLine {
  return { name, value: `${part}/${whole}`, tone: part === whole ? 'good' : 'bad' }
}

function alarms({ falseAlarms, harmless }: Figures['drift']): FigureLine {
  return { name: 'false alarms', value: `${falseAlarms}/${harmless}`, tone: falseAlarms === 0 ? 'good' : 'bad' }
}
