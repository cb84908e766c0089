import { useState, type ReactNode } from 'react'
import type { Conversation } from '../../conversations.ts'
import { ConversationTitle } from '../conversations/conversation-title.tsx'
import { useConversations } from '../conversations/conversations-context.ts'
import { DeleteConversation } from '../conversations/delete-conversation.tsx'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { Presence } from '../live/presence.tsx'
import { PageHeader } from '../pieces/page-header.tsx'
import { Spinner } from '../pieces/spinner.tsx'
import { Link } from '../routing/link.tsx'
import { isComing } from './chat-state.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { useAnswersOfOthers } from './use-answers-of-others.ts'
import { useChat, type Chat } from './use-chat.ts'
import { useMessages } from './use-messages.ts'

/** One conversation: what was said, and the field to go on. */
export function ChatPage({ id }: Readonly<{ id: string }>): ReactNode {
  const chat = useChat(id)
  const { conversation, reload } = useMessages(id, chat)
  useAnswersOfOthers(id, chat, reload)
  switch (conversation.kind) {
    case 'loading':
      return (
        <main className="page">
          <PageHeader title="…" />
          <Spinner label="Loading messages…" />
        </main>
      )
    case 'failed':
      return conversation.failure.kind === 'not-found' || conversation.failure.kind === 'invalid' ? (
        <Missing />
      ) : (
        <main className="page">
          <PageHeader title="Conversation" />
          <div className="page-body">
            <FailureNotice
              what="This conversation cannot be shown."
              failure={conversation.failure}
              onRetry={conversation.retry}
            />
          </div>
        </main>
      )
    case 'loaded':
      return <OpenChat conversation={conversation.value} chat={chat} />
    default:
      return conversation satisfies never
  }
}

/** The same for what is gone and for what was never there: the backend tells nobody which. */
function Missing(): ReactNode {
  return (
    <main className="page page-empty">
      <h1>There is no such conversation</h1>
      <p className="muted">It was deleted, or it belongs to somebody else.</p>
      <Link href="/" className="button">
        To your conversations
      </Link>
    </main>
  )
}

function OpenChat({ conversation, chat }: Readonly<{ conversation: Conversation; chat: Chat }>): ReactNode {
  const { touch } = useConversations()
  const [renamed, setRenamed] = useState(conversation)
  function ask(text: string): void {
    touch(renamed)
    void chat.ask(text)
  }
  return (
    <main className="page chat">
      <PageHeader title={<ConversationTitle conversation={renamed} onRenamed={setRenamed} />}>
        <span className="model">{conversation.model}</span>
        <Presence conversation={conversation.id} />
        <DeleteConversation conversation={renamed} />
      </PageHeader>
      <MessageList state={chat.state} onAskAgain={ask} onResume={() => void chat.follow()} />
      <Composer isComing={isComing(chat.state)} onSend={ask} onStop={chat.stop} />
    </main>
  )
}
