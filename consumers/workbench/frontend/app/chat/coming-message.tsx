import type { ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'
import type { ComingAnswer } from './chat-state.ts'
import { MessageText } from './message-text.tsx'

type Props = Readonly<{
  answer: ComingAnswer
  /** Asks the same once more; not there where it is not known what was asked. */
  onAskAgain: (() => void) | undefined
  onResume: () => void
}>

/** An answer as far as it came, and what became of it. */
export function ComingMessage({ answer, onAskAgain, onResume }: Props): ReactNode {
  const { text, phase, isOwn } = answer
  if (phase.kind === 'listening') return null
  const isOver = phase.kind === 'stopped' || phase.kind === 'failed'
  return (
    <article
      className={`message message-assistant message-${phase.kind}`}
      data-testid="assistant-message"
      data-phase={phase.kind}
      aria-label="Assistant"
      aria-busy={!isOver}
    >
      {text !== '' && <MessageText text={text} />}
      {phase.kind === 'waiting' && <Thinking />}
      {phase.kind === 'resuming' && <p className="message-note">The connection broke. Taking the answer up again…</p>}
      {phase.kind === 'stopped' && (
        <Ending text="Stopped." onAskAgain={onAskAgain}>
          {!isOwn && (
            <button type="button" className="button button-small" onClick={onResume}>
              Resume
            </button>
          )}
        </Ending>
      )}
      {phase.kind === 'failed' && <Ending text={phase.why} isBad onAskAgain={onAskAgain} />}
    </article>
  )
}

function Thinking(): ReactNode {
  return (
    <p className="thinking" role="status" aria-label="The answer is on its way">
      <span />
      <span />
      <span />
    </p>
  )
}

type EndingProps = Readonly<{
  text: string
  isBad?: boolean
  onAskAgain: (() => void) | undefined
  children?: ReactNode
}>

function Ending({ text, isBad = false, onAskAgain, children }: EndingProps): ReactNode {
  return (
    <div className={isBad ? 'message-end message-end-bad' : 'message-end'} role={isBad ? 'alert' : 'status'}>
      {isBad && <Icon name="alert" />}
      <span>{text}</span>
      {children}
      {onAskAgain && (
        <button type="button" className="button button-small" onClick={onAskAgain}>
          Ask again
        </button>
      )}
    </div>
  )
}
