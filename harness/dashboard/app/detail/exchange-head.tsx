import type { ReactNode } from 'react'
import type { ExchangeSummary } from '#harness/control/types.ts'
import { clockTime } from '../clock-time.ts'
import { edgeName } from '../log/edge-name.ts'
import { answerMeaning, answerWord, outcomeOf } from '../log/outcome.ts'
import type { Look } from '../view.ts'
import { MatchNote } from './match-note.tsx'

type Props = Readonly<{ exchange: ExchangeSummary; onLook: (look: Look) => void }>

/** What a request was, how it ended, and what pacts say of it. */
export function ExchangeHead({ exchange, onLook }: Props): ReactNode {
  const { id, at, operation, method, path, milliseconds, faults } = exchange
  const meaning = answerMeaning(exchange)
  return (
    <header className="exchange-head">
      <div className="line">
        <h2 className="mono">
          {method} {path}
        </h2>
        <button type="button" aria-keyshortcuts="Escape" onClick={() => onLook({ to: 'no exchange' })}>
          Close
        </button>
      </div>
      <p className="facts">
        <span className={`pill ${outcomeOf(exchange)}`}>{answerWord(exchange)}</span>
        <span>{operation ?? 'no operation'}</span>
        <span>{edgeName(exchange)}</span>
        <span>{milliseconds} ms</span>
        <time dateTime={at}>{clockTime(at)}</time>
        <span className="faint">#{id}</span>
      </p>
      {meaning !== undefined && <p>{meaning}</p>}
      {faults.length > 0 && (
        <p className="fault-note">
          <span>Armed when it came: {faults.join(', ')}.</span>
          <button type="button" onClick={() => onLook({ to: 'faults', edge: edgeName(exchange) })}>
            Show faults
          </button>
        </p>
      )}
      <MatchNote exchange={exchange} />
    </header>
  )
}
