import type { ReactNode } from 'react'
import { clockTime } from '../clock-time.ts'
import { matchWord } from '../detail/match-words.ts'
import { edgeName } from '../log/edge-name.ts'
import type { Folded } from '../log/folded.ts'
import { answerMeaning, answerWord, outcomeOf } from '../log/outcome.ts'

type Props = Readonly<{
  row: Folded
  /** Pixels from the top of the list. */
  top: number
  place: Readonly<{ position: number; count: number }>
  isSelected: boolean
  onSelect: (id: number) => void
}>

/** One request of the list. */
export function RequestRow({ row, top, place, isSelected, onSelect }: Props): ReactNode {
  const { exchange, repeats } = row
  const { id, at, operation, method, path, milliseconds, faults, match } = exchange
  return (
    <div
      className={`row ${outcomeOf(exchange)}`}
      style={{ top }}
      role="option"
      id={`request-${id}`}
      aria-selected={isSelected}
      aria-posinset={place.position}
      aria-setsize={place.count}
      onClick={() => onSelect(id)}
    >
      <time className="faint" dateTime={at}>
        {clockTime(at)}
      </time>
      <span className="cut">{edgeName(exchange)}</span>
      <span className="cut" title={`${method} ${path}`}>
        {repeats.length > 0 && (
          <span className="repeats" title={`${repeats.length} older ones like it`}>
            {repeats.length + 1} ×{' '}
          </span>
        )}
        {operation !== undefined && <strong>{operation} </strong>}
        <span className="mono">
          {method} {path}
        </span>
      </span>
      <span className="answer" title={answerMeaning(exchange)}>
        {answerWord(exchange)}
        {faults.length > 0 && (
          <span className="fault" title={`Faults: ${faults.join(', ')}`}>
            ⚡<span className="hidden"> with faults {faults.join(', ')}</span>
          </span>
        )}
      </span>
      <span className="number">{duration(milliseconds)}</span>
      <span className={`match ${match.kind}`}>{matchWord(match)}</span>
    </div>
  )
}

function duration(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))
}
