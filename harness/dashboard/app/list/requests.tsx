import { useMemo, useState, type ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import type { ExchangeLog } from '../log/exchange-log.ts'
import { isFiltering, noFilter, passes } from '../log/filter.ts'
import { folded, unfolded } from '../log/folded.ts'
import { mostKept } from '../log/kept.ts'
import type { Look, View } from '../view.ts'
import { FilterBar } from './filter-bar.tsx'
import { NoRequests } from './no-requests.tsx'
import { RequestList } from './request-list.tsx'

type Props = Readonly<{ stack: StackView; log: ExchangeLog; view: View; onLook: (look: Look) => void }>

/** What went over the edges, newest first, as far as the filter lets it through. */
export function Requests({ stack, log, view, onLook }: Props): ReactNode {
  const [held, setHeld] = useState<ExchangeLog | undefined>()
  const shownLog = held ?? log
  const { filter, selected } = view
  const [folds, setFolds] = useState(true)
  const exchanges = useMemo(() => shownLog.exchanges.filter(passes(filter)).toReversed(), [shownLog.exchanges, filter])
  const rows = useMemo(() => (folds ? folded(exchanges) : unfolded(exchanges)), [folds, exchanges])
  const missed = held ? countAfter(log, held) : 0
  return (
    <section className="requests" aria-label="Requests">
      <FilterBar stack={stack} log={log} filter={filter} onFilter={(next) => onLook({ to: 'filter', filter: next })} />
      <div className="line">
        <span className="faint" role="status">
          {told(exchanges.length, shownLog.exchanges.length)}
        </span>
        <span className="grow" />
        <span className="faint keys">
          <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>/</kbd> filter · <kbd>Esc</kbd> close
        </span>
        <button
          type="button"
          aria-pressed={folds}
          title="Shows what is asked again and again once, with how often"
          onClick={() => setFolds(!folds)}
        >
          Fold repeats
        </button>
        <button type="button" aria-pressed={held !== undefined} onClick={() => setHeld(held ? undefined : log)}>
          {held ? `Go on${missed > 0 ? ` (${missed} new)` : ''}` : 'Hold'}
        </button>
      </div>
      {exchanges.length > 0 ? (
        <RequestList rows={rows} selected={selected} onSelect={(id) => onLook({ to: 'exchange', id })} />
      ) : (
        <NoRequests
          stack={stack}
          isFiltered={isFiltering(filter) && shownLog.exchanges.length > 0}
          onAll={() => onLook({ to: 'filter', filter: noFilter })}
        />
      )}
    </section>
  )
}

function countAfter(log: ExchangeLog, held: ExchangeLog): number {
  const last = held.exchanges.at(-1)?.id ?? 0
  return log.exchanges.filter(({ id }) => id > last).length
}

function told(shown: number, all: number): string {
  const requests = `${all >= mostKept ? `the last ${all}` : all} ${all === 1 ? 'request' : 'requests'}`
  return shown === all ? requests : `${shown} of ${requests}`
}
