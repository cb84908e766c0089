import type { ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'
import { textOf, type Failure } from './failure.ts'

type Props = Readonly<{
  failure: Failure
  /** What was tried: `The conversations cannot be shown.` */
  what?: string
  /** Tries it again. */
  onRetry?: (() => void) | undefined
}>

/** Says what did not work, and offers to try it again. Read out when it appears. */
export function FailureNotice({ failure, what, onRetry }: Props): ReactNode {
  return (
    <div className="notice notice-bad" role="alert" data-failure={failure.kind}>
      <Icon name="alert" />
      <div className="notice-text">
        {what !== undefined && <strong>{what}</strong>}
        <span>{textOf(failure)}</span>
        {failure.requestId !== undefined && (
          <small>
            Request <code>{failure.requestId}</code>
          </small>
        )}
      </div>
      {onRetry && (
        <button type="button" className="button button-small" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}
