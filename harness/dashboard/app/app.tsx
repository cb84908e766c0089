import { useEffect, useMemo, type ReactNode } from 'react'
import { ApiContext } from './connection/api-context.ts'
import { controlApi } from './connection/control-api.ts'
import { TokenGate } from './connection/token-gate.tsx'
import { useFeed, useFeedState } from './connection/feed-context.ts'
import { restWhileHidden } from './connection/rest-while-hidden.ts'
import { useToken } from './connection/use-token.ts'
import { Dashboard } from './dashboard.tsx'

/** The page: the running stack, or what is missing to see it. */
export function App(): ReactNode {
  const [token, setToken] = useToken()
  const feed = useFeed()
  const { phase, stack } = useFeedState()
  const api = useMemo(() => controlApi({ baseUrl: location.origin, token: token ?? '' }), [token])
  useEffect(() => feed.start(token), [feed, token])
  useEffect(() => restWhileHidden(feed), [feed])

  if (phase.kind === 'refused') return <TokenGate had={phase.had} onToken={setToken} />
  if (!stack)
    return (
      <main className="blank" role="status">
        {phase.kind === 'lost'
          ? `The stack does not answer: ${phase.reason} Trying again…`
          : 'Connecting to the stack…'}
      </main>
    )
  return (
    <ApiContext value={api}>
      <Dashboard stack={stack} />
    </ApiContext>
  )
}
