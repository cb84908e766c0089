import type { ReactNode } from 'react'
import { edgeName } from '../log/edge-name.ts'
import type { ExchangeLog } from '../log/exchange-log.ts'
import { messageOf } from '../use-task.ts'
import type { Look } from '../view.ts'
import { EdgeCard } from './edge-card.tsx'
import { useCoverage } from './use-coverage.ts'

type Props = Readonly<{ log: ExchangeLog; isShown: boolean; onLook: (look: Look) => void }>

/** What of the pacts was really called, and what was called that is in none. */
export function CoveragePanel({ log, isShown, onLook }: Props): ReactNode {
  const read = useCoverage(log, isShown)
  switch (read.kind) {
    case 'reading':
      return <p className="empty">Reading…</p>
    case 'failed':
      return (
        <p role="alert" className="mistake">
          {messageOf(read.error)}
        </p>
      )
    case 'read':
      return (
        <>
          <p className="faint">
            Since the requests were cleared: which interactions of the pacts were seen, edge by edge.
          </p>
          {read.edges.map((edge) => (
            <EdgeCard key={edgeName(edge)} coverage={edge} onLook={onLook} />
          ))}
        </>
      )
    default:
      return read satisfies never
  }
}
