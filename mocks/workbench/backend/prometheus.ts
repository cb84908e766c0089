type Labels<L extends string> = Readonly<Record<L, string | number>>

/** A number that only grows, for each set of labels. */
export type Counter<L extends string> = Readonly<{
  increase: (labels: Labels<L>) => void
  lines: () => readonly string[]
}>

/** How often values fell below some bounds, for each set of labels. */
export type Histogram<L extends string> = Readonly<{
  observe: (labels: Labels<L>, value: number) => void
  lines: () => readonly string[]
}>

type Named = Readonly<{ name: string; help: string }>

/** The media type of the text format. */
export const mediaType = 'text/plain; version=0.0.4; charset=utf-8'

/** Bounds in seconds, those that Prometheus clients use by default. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function counter<L extends string>({ name, help }: Named): Counter<L> {
  const values = new Map<string, number>()
  return {
    increase(labels) {
      const key = written(labels)
      values.set(key, (values.get(key) ?? 0) + 1)
    },
    lines: () => [...head({ name, help }, 'counter'), ...[...values].map(([key, value]) => `${name}{${key}} ${value}`)],
  }
}

export function histogram<L extends string>({ name, help }: Named): Histogram<L> {
  const series = new Map<string, { below: number[]; sum: number; count: number }>()
  return {
    observe(labels, value) {
      const key = written(labels)
      const { below, sum, count } = series.get(key) ?? { below: bounds.map(() => 0), sum: 0, count: 0 }
      const counted = below.map((seen, index) => (value <= (bounds[index] ?? 0) ? seen + 1 : seen))
      series.set(key, { below: counted, sum: sum + value, count: count + 1 })
    },
    lines: () => [
      ...head({ name, help }, 'histogram'),
      ...[...series].flatMap(([key, { below, sum, count }]) => [
        ...bounds.map((bound, index) => `${name}_bucket{le="${bound}",${key}} ${below[index]}`),
        `${name}_bucket{le="+Inf",${key}} ${count}`,
        `${name}_sum{${key}} ${sum}`,
        `${name}_count{${key}} ${count}`,
      ]),
    ],
  }
}

function head({ name, help }: Named, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

/** Label values with backslash, quote and line feed escaped, as the text format has it. */
function written(labels: Readonly<Record<string, string | number>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(',')
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
