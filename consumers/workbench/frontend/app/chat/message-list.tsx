import { useRef, type ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'
import { openQuestion, type ChatState } from './chat-state.ts'
import { ComingMessage } from './coming-message.tsx'
import { MessageText } from './message-text.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

type Props = Readonly<{ state: ChatState; onAskAgain: (text: string) => void; onResume: () => void }>

/** What was said, oldest first; it stays at the newest unless somebody scrolls back. */
export function MessageList({ state, onAskAgain, onResume }: Props): ReactNode {
  const { entries, answer } = state
  const list = useRef<HTMLDivElement>(null)
  useStickToEnd(list, `${entries.length} ${answer?.text.length} ${answer?.phase.kind}`)
  const question = openQuestion(state)
  return (
    <div className="messages" ref={list} role="log" aria-label="Messages" tabIndex={0}>
      {entries.length === 0 && !answer && <NothingSaid />}
      {entries.map(({ id, role, content }) => (
        <article
          key={id}
          className={`message message-${role}`}
          data-testid={`${role}-message`}
          aria-label={nameOf(role)}
        >
          <MessageText text={content} />
        </article>
      ))}
      {answer && (
        <ComingMessage
          answer={answer}
          onAskAgain={question === undefined ? undefined : () => onAskAgain(question)}
          onResume={onResume}
        />
      )}
    </div>
  )
}

function NothingSaid(): ReactNode {
  return (
    <div className="messages-none">
      <Icon name="chat" />
      <p>Say what you are thinking about.</p>
      <p className="muted">The answer comes in word by word. You can stop it at any time.</p>
    </div>
  )
}

function nameOf(role: 'user' | 'assistant'): string {
  return role === 'user' ? 'You' : 'Assistant'
}
