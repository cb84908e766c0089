import { useState, type ReactNode } from 'react'
import type { Health } from '../../operational.ts'
import { useApi } from '../api-context.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { PageHeader } from '../pieces/page-header.tsx'
import { Spinner } from '../pieces/spinner.tsx'
import { useLoaded } from '../pieces/use-loaded.ts'

const stores = [
  ['database', 'Database', 'Accounts, conversations and messages'],
  ['cache', 'Cache', 'Sessions and answers that are under way'],
  ['storage', 'Storage', 'Files'],
] as const

/** Whether what the workbench runs on answers. */
export function StatusPage(): ReactNode {
  const { health } = useApi()
  const [count, setCount] = useState(0)
  const state = useLoaded(`health ${count}`, (signal) => health({ signal }))
  return (
    <main className="page">
      <PageHeader title="Status">
        <button type="button" className="button button-small" onClick={() => setCount(count + 1)}>
          Ask again
        </button>
      </PageHeader>
      <div className="page-body">
        {state.kind === 'loading' && <Spinner label="Asking the server…" />}
        {state.kind === 'failed' && <FailureNotice failure={state.failure} onRetry={state.retry} />}
        {state.kind === 'loaded' && <StoreList health={state.value} />}
      </div>
    </main>
  )
}

function StoreList({ health }: Readonly<{ health: Health }>): ReactNode {
  return (
    <ul className="stores" aria-label="Stores">
      {stores.map(([store, name, what]) => (
        <li key={store} className="store">
          <span className={`store-dot store-${health[store]}`} aria-hidden="true" />
          <div>
            <strong>{name}</strong>
            <p className="muted">{what}</p>
          </div>
          <span className="store-state">{health[store] === 'healthy' ? 'Answers' : 'Does not answer'}</span>
        </li>
      ))}
    </ul>
  )
}
