import { useEffect, type ReactNode } from 'react'
import { ChatPage } from './chat/chat-page.tsx'
import { ConversationsContext } from './conversations/conversations-context.ts'
import { useConversationStore } from './conversations/use-conversation-store.ts'
import { FilesPage } from './files/files-page.tsx'
import { HomePage, NowherePage } from './home-page.tsx'
import { LiveProvider } from './live/live-context.tsx'
import { navigate, useRoute } from './routing/use-route.ts'
import { Sidebar } from './sidebar.tsx'
import { StatusPage } from './status/status-page.tsx'

/** What somebody sees who is signed in: the conversations at the side, a page beside them. */
export function Workspace(): ReactNode {
  const store = useConversationStore()
  const route = useRoute()
  return (
    <ConversationsContext value={store}>
      <LiveProvider>
        <div className="workspace" data-page={route.page}>
          <Sidebar />
          <Page />
        </div>
      </LiveProvider>
    </ConversationsContext>
  )
}

function Page(): ReactNode {
  const route = useRoute()
  const isSignIn = route.page === 'sign-in'
  useEffect(() => {
    if (isSignIn) navigate('/', 'replace')
  }, [isSignIn])
  switch (route.page) {
    case 'home':
    case 'sign-in':
      return <HomePage />
    case 'conversation':
      return <ChatPage key={route.id} id={route.id} />
    case 'files':
      return <FilesPage />
    case 'status':
      return <StatusPage />
    case 'nowhere':
      return <NowherePage />
    default:
      return route satisfies never
  }
}
