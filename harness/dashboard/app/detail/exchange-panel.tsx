import type { ReactNode } from 'react'
import type { ExchangeLog } from '../log/exchange-log.ts'
import { messageOf } from '../use-task.ts'
import type { Look } from '../view.ts'
import { ExchangeHead } from './exchange-head.tsx'
import { ExchangeParts } from './exchange-parts.tsx'
import { useExchange } from './use-exchange.ts'

type Props = Readonly<{ log: ExchangeLog; selected: number | undefined; onLook: (look: Look) => void }>

/** The request that is open, with all that was said. */
export function ExchangePanel({ log, selected, onLook }: Props): ReactNode {
  if (selected === undefined)
    return <p className="empty">Choose a request to see what was said, and which interaction of a pact it is.</p>
  return <OpenExchange log={log} id={selected} onLook={onLook} />
}

function OpenExchange({ log, id, onLook }: Omit<Props, 'selected'> & Readonly<{ id: number }>): ReactNode {
  const read = useExchange(id)
  const detail = read.kind === 'read' && read.exchange.id === id ? read.exchange : undefined
  const summary = detail ?? log.exchanges.find((exchange) => exchange.id === id)
  return (
    <article aria-label="Request">
      {summary && <ExchangeHead exchange={summary} onLook={onLook} />}
      {read.kind === 'failed' && (
        <p role="alert" className="mistake">
          {messageOf(read.error)}
        </p>
      )}
      {detail && <ExchangeParts key={id} exchange={detail} />}
    </article>
  )
}
