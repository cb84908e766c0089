import type { ReactNode } from 'react'
import { ConversationNav } from './conversations/conversation-nav.tsx'
import { NewConversation } from './conversations/new-conversation.tsx'
import { textOf } from './failures/failure.ts'
import { Icon, type IconName } from './pieces/icon.tsx'
import { useTask } from './pieces/use-task.ts'
import { Link } from './routing/link.tsx'
import { routeOf } from './routing/route.ts'
import { useRoute } from './routing/use-route.ts'
import { useSession } from './session/session-context.ts'

/** The conversations, the way to the other pages, and who is signed in. */
export function Sidebar(): ReactNode {
  return (
    <div className="sidebar">
      <div className="sidebar-head">
        <Link href="/" className="brand">
          <span className="brand-mark" aria-hidden="true" />
          Workbench
        </Link>
        <NewConversation testId="new-conversation" />
      </div>
      <ConversationNav />
      <footer className="sidebar-foot">
        <PageLink href="/files" icon="file" name="Files" />
        <PageLink href="/status" icon="pulse" name="Status" />
        <Account />
      </footer>
    </div>
  )
}

function PageLink({ href, icon, name }: Readonly<{ href: string; icon: IconName; name: string }>): ReactNode {
  const isCurrent = useRoute().page === routeOf(href).page
  return (
    <Link href={href} className="page-link" aria-current={isCurrent ? 'page' : undefined}>
      <Icon name={icon} />
      {name}
    </Link>
  )
}

function Account(): ReactNode {
  const { user, signOut } = useSession()
  const { failure, isRunning, run } = useTask()
  return (
    <div className="account">
      <span className="account-mark" aria-hidden="true">
        {user.email.slice(0, 1).toUpperCase()}
      </span>
      <span className="account-name" title={user.email}>
        {failure ? <span role="alert">{textOf(failure)}</span> : user.email}
      </span>
      <button
        type="button"
        className="button button-icon"
        aria-label="Sign out"
        disabled={isRunning}
        onClick={() => void run(signOut)}
      >
        <Icon name="signOut" />
      </button>
    </div>
  )
}
