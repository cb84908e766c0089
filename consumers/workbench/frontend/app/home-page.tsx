import type { ReactNode } from 'react'
import { NewConversation } from './conversations/new-conversation.tsx'
import { Link } from './routing/link.tsx'

/** What is shown beside the list while no conversation is open. */
export function HomePage(): ReactNode {
  return (
    <main className="page page-empty">
      <p className="brand-mark" aria-hidden="true" />
      <h1>What are you thinking about?</h1>
      <p className="muted">Open a conversation, or begin a new one.</p>
      <NewConversation />
    </main>
  )
}

/** A path of nothing. */
export function NowherePage(): ReactNode {
  return (
    <main className="page page-empty">
      <h1>There is nothing here</h1>
      <p className="muted">The address may be misspelt, or what it led to is gone.</p>
      <Link href="/" className="button">
        To your conversations
      </Link>
    </main>
  )
}
