import type { ReactNode } from 'react'
import type { EdgeCoverage } from '#harness/control/types.ts'

/** The interactions of a pact, those that were not seen first. */
export function InteractionList({ interactions }: Pick<EdgeCoverage, 'interactions'>): ReactNode {
  if (interactions.length === 0) return null
  const unseenFirst = interactions.toSorted((a, b) => Math.sign(a.seen) - Math.sign(b.seen))
  return (
    <details>
      <summary>
        Interactions <span className="faint">{interactions.length}</span>
      </summary>
      <ul className="interactions">
        {unseenFirst.map(({ interaction, seen }) => (
          <li key={interaction} className={seen > 0 ? 'seen' : 'unseen'}>
            <span className="grow">{interaction}</span>
            <span className="number">{seen > 0 ? `${seen} ×` : 'not seen'}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
