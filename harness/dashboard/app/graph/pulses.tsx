import { useEffect, useState, type ReactNode } from 'react'
import type { ExchangeSummary } from '#harness/control/types.ts'
import { useFeed } from '../connection/feed-context.ts'
import { edgeName } from '../log/edge-name.ts'
import { outcomeOf, type Outcome } from '../log/outcome.ts'

type Pulse = Readonly<{ id: number; outcome: Outcome; delayMs: number }>

/** So many run over an edge at once: beyond that nobody can tell them apart. */
const mostAtOnce = 8
/** What arrives together sets out one after the other. */
const apartMs = 90

/** A dot for each request that just went over an edge, in the colour of how it ended. */
export function Pulses({ edge, path }: Readonly<{ edge: string; path: string }>): ReactNode {
  const feed = useFeed()
  const [pulses, setPulses] = useState<readonly Pulse[]>([])
  useEffect(() => {
    return feed.onArrival((exchanges) => {
      const own = exchanges.filter((exchange) => edgeName(exchange) === edge)
      if (own.length > 0) setPulses((running) => joined(running, own))
    })
  }, [feed, edge])
  const end = (id: number): void => setPulses((running) => running.filter((pulse) => pulse.id !== id))
  return pulses.map(({ id, outcome, delayMs }) => (
    <circle
      key={id}
      className={`pulse ${outcome}`}
      r={4.5}
      style={{ offsetPath: `path('${path}')`, animationDelay: `${delayMs}ms` }}
      onAnimationEnd={() => end(id)}
    />
  ))
}

/** What failed is never left out for what went well. */
function joined(running: readonly Pulse[], arrived: readonly ExchangeSummary[]): readonly Pulse[] {
  const room = Math.max(0, mostAtOnce - running.length)
  const worstFirst = arrived
    .map((exchange) => ({ id: exchange.id, outcome: outcomeOf(exchange) }))
    .toSorted((a, b) => weight[b.outcome] - weight[a.outcome])
  const next = worstFirst.slice(0, room).map((pulse, index) => ({ ...pulse, delayMs: index * apartMs }))
  return [...running, ...next]
}

const weight: Readonly<Record<Outcome, number>> = { good: 0, refused: 1, failed: 2 }
