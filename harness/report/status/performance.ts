import type { Report } from '../data/report.ts'
import type { Judged } from './judged.ts'

type Sections = Report['sections']

/** Latency and throughput of a system: under load where it was measured, else as its live services answered in scenarios. */
export function performanceOf({ load, scenarios }: Sections, system: string): Judged<string> {
  const measured = load.filter((run) => run.system === system)
  const [first] = measured
  if (first) {
    const figure = (name: string): string | undefined => wordsOf(first.figures.find((one) => one.name === name))
    const latency = figure('p95')
    return {
      value: `latency: ${latency === undefined ? 'not measured' : `p95 ${latency}`}, throughput: ${figure('throughput') ?? 'not measured'}`,
      because: `under load: ${first.name}`,
    }
  }
  const durations = liveDurations(scenarios, system)
  if (durations.length === 0)
    return { value: 'latency: not measured, throughput: not measured', because: 'nothing was measured' }
  const p95 = durations[Math.max(0, Math.ceil(durations.length * 0.95) - 1)] ?? 0
  return {
    value: `latency: p95 ${Math.round(p95)} ms, throughput: not measured`,
    because: `${durations.length} calls of live services in scenarios, none of them under load`,
  }
}

/** How long whole answers of live services took, shortest first. Streams last as long as they have something to say. */
function liveDurations(scenarios: Sections['scenarios'], system: string): readonly number[] {
  return scenarios
    .filter((story) => story.system === system)
    .flatMap(({ tellings }) => tellings.filter(({ target }) => target === 'live'))
    .flatMap(({ traffic }) => traffic?.exchanges ?? [])
    .filter(({ outcome, items }) => outcome === 'answered' && items === undefined)
    .map(({ milliseconds }) => milliseconds)
    .toSorted((a, b) => a - b)
}

function wordsOf(figure: Sections['load'][number]['figures'][number] | undefined): string | undefined {
  return figure && `${Number(figure.value.toPrecision(3))} ${figure.unit}`.trimEnd()
}
