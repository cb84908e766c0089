import { useState, type ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'
import { useLiveEvents, useLiveState } from './live-context.tsx'

/** How many look at a conversation right now. */
export function Presence({ conversation }: Readonly<{ conversation: string }>): ReactNode {
  const [viewers, setViewers] = useState<number>()
  const state = useLiveState()
  useLiveEvents(conversation, (event) => {
    if (event.kind === 'presence') setViewers(event.viewers)
  })
  const text = state === 'open' ? (viewers === undefined ? 'Connected' : viewersText(viewers)) : 'Not connected'
  return (
    <p className={`presence presence-${state}`} role="status" title={text}>
      {viewers !== undefined && viewers > 1 && state === 'open' ? (
        <Icon name="eye" />
      ) : (
        <span className="presence-dot" />
      )}
      <span className="presence-text">{text}</span>
    </p>
  )
}

function viewersText(viewers: number): string {
  return viewers <= 1 ? 'Only you are here' : `${viewers} are here`
}
