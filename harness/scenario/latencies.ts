import type { LoadFigure } from '#harness/project/results.ts'

/** Measures calls of one kind: how many, how fast, how many in a second. */
export type Latencies = Readonly<{
  /** Does the work and remembers how long it took; work that fails counts as an error and throws on. */
  time: <T>(work: () => Promise<T>) => Promise<T>
  /** Throughput over the time from the first call's start to the last one's end, and percentiles of a call's duration. */
  figures: () => readonly LoadFigure[]
}>

/** Makes a measure of calls. `unit` names what one call does: `claims`. */
export function latencies(unit: string, now: () => number = () => performance.now()): Latencies {
  const durations: number[] = []
  let errors = 0
  let began = Infinity
  let ended = -Infinity
  return {
    async time(work) {
      const started = now()
      began = Math.min(began, started)
      try {
        return await work()
      } catch (error) {
        errors++
        throw error
      } finally {
        ended = Math.max(ended, now())
        durations.push(ended - started)
      }
    },
    figures() {
      const sorted = durations.toSorted((a, b) => a - b)
      const seconds = Math.max(ended - began, 0) / 1000
      return [
        { name: unit, value: sorted.length, unit: '' },
        { name: 'throughput', value: seconds > 0 ? sorted.length / seconds : 0, unit: `${unit}/s` },
        ...[50, 95, 99].map((share) => ({ name: `p${share}`, value: percentile(sorted, share), unit: 'ms' })),
        { name: 'errors', value: errors, unit: '' },
      ]
    },
  }
}

/** The nearest-rank percentile of sorted values; 0 where there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0
}
