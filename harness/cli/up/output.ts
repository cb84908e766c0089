import { servedComponents, type System } from '#harness/contract/system.ts'
import type { ControlHost } from '#harness/control/host.ts'
import type { ExchangeSummary, Notice, StackView } from '#harness/control/types.ts'
import { paint } from '#harness/report/paint.ts'
import { tableLines } from '#harness/report/table.ts'
import { toStandardOutput } from '../standard-output.ts'
import { makeRepeats } from './repeats.ts'
import { requestLine } from './request-line.ts'

/** What `up` tells while it runs. */
export type UpOutput = Readonly<{
  started: (view: StackView, host: Pick<ControlHost, 'url' | 'token' | 'pageUrl'>) => void
  exchange: (summary: ExchangeSummary) => void
  notice: (notice: Notice) => void
}>

/** Tells people: a table, then one line for each request unless it is to be quiet. */
export function linesFor(system: System, quiet: boolean): UpOutput {
  const served = servedComponents(system)
  const repeats = makeRepeats()
  return {
    started({ components }, { pageUrl }) {
      const rows = components.map(({ name, kind, detail, url, stores }) => [
        name,
        kind === 'url' ? `url ${detail}` : detail,
        url,
        stores.join(' · '),
      ])
      const table = tableLines([['component', 'kind', 'url', 'stores'], ...rows])
      toStandardOutput(`${table.join('\n')}\n\ncontrol  ${pageUrl}\nCtrl-C stops them.\n`)
    },
    exchange(summary) {
      if (quiet) return
      const { consumer, provider, operation, path, status } = summary
      // A person, or a program that somebody works on, is told of each request.
      const unsaid = served.includes(consumer) ? repeats([consumer, provider, operation ?? path, status].join(' ')) : 0
      if (unsaid !== undefined) toStandardOutput(`${requestLine(summary, unsaid)}\n`)
    },
    notice({ level, message }) {
      if (level === 'info') toStandardOutput(`${paint('cyan', message)}\n`)
      else process.stderr.write(`${message}\n`)
    },
  }
}

/** Tells programs: one JSON object in a line for each thing. */
export function jsonLines(quiet: boolean): UpOutput {
  function write(value: object): void {
    toStandardOutput(`${JSON.stringify(value)}\n`)
  }
  return {
    started: (stack, { url, token, pageUrl }) => write({ type: 'started', stack, control: { url, token, pageUrl } }),
    exchange: (exchange) => void (quiet || write({ type: 'exchange', exchange })),
    notice: (notice) => write({ type: 'notice', notice }),
  }
}
