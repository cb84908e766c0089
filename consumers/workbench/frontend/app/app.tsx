import type { ReactNode } from 'react'
import { OfflineBanner } from './pieces/offline-banner.tsx'
import { SessionGate } from './session/session-gate.tsx'
import { Workspace } from './workspace.tsx'

/** The whole page: who is signed in sees the workspace, everybody else the sign-in form. */
export function App(): ReactNode {
  return (
    <>
      <OfflineBanner />
      <SessionGate>
        <Workspace />
      </SessionGate>
    </>
  )
}
