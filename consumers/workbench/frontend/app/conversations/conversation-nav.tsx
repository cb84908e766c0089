import type { ReactNode } from 'react'
import type { Conversation } from '../../conversations.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { relativeTime } from '../pieces/relative-time.ts'
import { Spinner } from '../pieces/spinner.tsx'
import { Link } from '../routing/link.tsx'
import { conversationPath } from '../routing/route.ts'
import { useRoute } from '../routing/use-route.ts'
import { useConversations } from './conversations-context.ts'

/** The list of conversations, newest first. */
export function ConversationNav(): ReactNode {
  const { state } = useConversations()
  return (
    <nav className="conversations" aria-label="Conversations">
      {state.kind === 'loading' && <Spinner label="Loading conversations…" />}
      {state.kind === 'failed' && (
        <FailureNotice what="Your conversations cannot be shown." failure={state.failure} onRetry={state.retry} />
      )}
      {state.kind === 'loaded' && <List conversations={state.value.conversations} hasMore={state.value.hasMore} />}
    </nav>
  )
}

type ListProps = Readonly<{ conversations: readonly Conversation[]; hasMore: boolean }>

function List({ conversations, hasMore }: ListProps): ReactNode {
  const { more, loadMore } = useConversations()
  if (conversations.length === 0)
    return <p className="muted conversations-none">No conversations yet. They will be listed here, newest first.</p>
  return (
    <>
      <ul>
        {conversations.map((conversation) => (
          <Item key={conversation.id} conversation={conversation} />
        ))}
      </ul>
      {more.failure && <FailureNotice failure={more.failure} />}
      {hasMore && (
        <button type="button" className="button button-quiet" onClick={loadMore} disabled={more.isRunning}>
          {more.isRunning ? 'Loading…' : 'Show older ones'}
        </button>
      )}
    </>
  )
}

function Item({ conversation }: Readonly<{ conversation: Conversation }>): ReactNode {
  const { id, title, model, updatedAt } = conversation
  const route = useRoute()
  const isCurrent = route.page === 'conversation' && route.id === id
  return (
    <li>
      <Link href={conversationPath(id)} className="conversation" aria-current={isCurrent ? 'page' : undefined}>
        <span className="conversation-title">{title}</span>
        <span className="conversation-about">
          {model} · {relativeTime(updatedAt, new Date())}
        </span>
      </Link>
    </li>
  )
}
