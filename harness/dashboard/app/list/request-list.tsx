import type { CSSProperties, KeyboardEvent, ReactNode } from 'react'
import { edgeName } from '../log/edge-name.ts'
import { rowOf, type Folded } from '../log/folded.ts'
import { RequestRow } from './request-row.tsx'
import { useWindow } from './use-window.ts'
import { rowAfter, scrolledTo, visibleRows, type Window } from './visible-rows.ts'

type Props = Readonly<{
  /** Newest first. */
  rows: readonly Folded[]
  selected: number | undefined
  onSelect: (id: number) => void
}>

/** In pixels; as in list.css. */
const rowHeight = 28

/** Requests as rows, of which only those in sight are drawn. */
export function RequestList({ rows, selected, onSelect }: Props): ReactNode {
  const [list, scrolled] = useWindow({ ids: rows.map(({ exchange }) => exchange.id), rowHeight })
  const window: Window = { count: rows.length, rowHeight, ...scrolled }
  const { from, to } = visibleRows(window)
  const selectedRow = rowOf(rows, selected)
  const active = selectedRow >= from && selectedRow < to ? rows[selectedRow] : undefined

  function onKeyDown(event: KeyboardEvent): void {
    const next = rowAfter(event.key, selectedRow, window)
    const row = next === undefined ? undefined : rows[next]
    if (next === undefined || !row) return
    event.preventDefault()
    if (list.current) list.current.scrollTop = scrolledTo(next, window)
    onSelect(row.exchange.id)
  }
  return (
    <div className="list" style={{ '--edge-width': `${longestEdge(rows)}ch` } as CSSProperties}>
      <div className="row head" aria-hidden="true">
        <span>time</span>
        <span>edge</span>
        <span>request</span>
        <span>answer</span>
        <span>ms</span>
        <span>pact</span>
      </div>
      <div
        ref={list}
        id="requests"
        className="rows"
        role="listbox"
        aria-label="Requests, newest first"
        aria-activedescendant={active && `request-${active.exchange.id}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className="all-rows" style={{ height: rows.length * rowHeight }}>
          {rows.slice(from, to).map((row, index) => (
            <RequestRow
              key={row.exchange.id}
              row={row}
              top={(from + index) * rowHeight}
              place={{ position: from + index + 1, count: rows.length }}
              isSelected={from + index === selectedRow}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
      {scrolled.scrollTop > 0 && (
        <button type="button" className="to-newest" onClick={() => list.current?.scrollTo({ top: 0 })}>
          ↑ newest
        </button>
      )}
    </div>
  )
}

/** In letters: as wide as the column of edges has to be. */
function longestEdge(rows: readonly Folded[]): number {
  return rows.reduce((longest, { exchange }) => Math.max(longest, edgeName(exchange).length), 8)
}
