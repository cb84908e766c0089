import type { ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'

type Props = Readonly<{ stack: StackView; isFiltered: boolean; onAll: () => void }>

/** Says why there is nothing to see, and what to do about it. */
export function NoRequests({ stack, isFiltered, onAll }: Props): ReactNode {
  if (isFiltered)
    return (
      <div className="empty" id="requests" tabIndex={-1}>
        <p>No request passes the filter.</p>
        <button type="button" onClick={onAll}>
          Show all
        </button>
      </div>
    )
  return (
    <div className="empty" id="requests" tabIndex={-1}>
      <p>No requests yet. Call a component, and they appear here as they end:</p>
      <ul>
        {stack.components.map(({ name, url }) => (
          <li key={name}>
            {name} <code>{url}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
