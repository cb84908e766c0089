import { useReducer, type ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import { useFeedState } from './connection/feed-context.ts'
import { Header } from './frame/header.tsx'
import { LostBanner } from './frame/lost-banner.tsx'
import { Notices } from './frame/notices.tsx'
import { Panels } from './frame/panels.tsx'
import { useKeys } from './frame/use-keys.ts'
import { SystemGraph } from './graph/system-graph.tsx'
import { Requests } from './list/requests.tsx'
import { firstView, look } from './view.ts'

/** The running stack: its graph, its requests, and beside them what can be seen and done closely. */
export function Dashboard({ stack }: Readonly<{ stack: StackView }>): ReactNode {
  const [view, onLook] = useReducer(look, firstView)
  const { phase, log } = useFeedState()
  useKeys(onLook)
  return (
    <div className="page">
      <Header stack={stack} phase={phase} />
      {phase.kind === 'lost' && <LostBanner />}
      <Notices />
      <div className="columns">
        <main className="overview">
          <SystemGraph stack={stack} tallies={log.tallies} view={view} onLook={onLook} />
          <Requests stack={stack} log={log} view={view} onLook={onLook} />
        </main>
        <Panels stack={stack} log={log} view={view} onLook={onLook} />
      </div>
    </div>
  )
}
