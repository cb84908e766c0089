import type { ReactNode } from 'react'
import type { ExchangeSummary } from '#harness/control/types.ts'
import { matchWords } from './match-words.ts'

/** Which interaction an exchange is, or what is nearest and where that differs. */
export function MatchNote({ exchange }: Readonly<{ exchange: ExchangeSummary }>): ReactNode {
  const { title, nearest, differences } = matchWords(exchange)
  return (
    <div className={`match-note ${exchange.match.kind}`}>
      <p>
        <strong>{title}</strong>
      </p>
      {nearest !== undefined && <p>{nearest}</p>}
      {differences.length > 0 && (
        <ul>
          {differences.map((difference, index) => (
            <li key={index}>
              <code>{difference}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
