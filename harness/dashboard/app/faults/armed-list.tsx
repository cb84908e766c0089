import type { ReactNode } from 'react'
import type { EdgeView } from '#harness/control/types.ts'
import { faultWords } from '#harness/fault/fault-words.ts'
import { useApi } from '../connection/api-context.ts'
import { edgeName } from '../log/edge-name.ts'
import { armedOf } from './armed-of.ts'
import { messageOf, useTask } from '../use-task.ts'

/** The faults that are armed, each to be cleared by one click. */
export function ArmedList({ edges }: Readonly<{ edges: readonly EdgeView[] }>): ReactNode {
  const api = useApi()
  const [task, run] = useTask<unknown>()
  const faulty = edges.filter(({ faults }) => faults.length > 0)
  function clear({ consumer, provider, faults }: EdgeView, index: number): void {
    const others = faults.filter((_fault, at) => at !== index)
    run(() => api.setFaults({ params: { consumer, provider }, body: { faults: others.map(armedOf) } }))
  }
  function clearAll(): void {
    run(() => Promise.all(faulty.map(({ consumer, provider }) => api.clearFaults({ params: { consumer, provider } }))))
  }
  return (
    <section>
      <div className="line">
        <h3 className="grow">Armed</h3>
        {faulty.length > 0 && (
          <button type="button" onClick={clearAll}>
            Clear all
          </button>
        )}
      </div>
      {faulty.length === 0 && <p className="faint">No faults: everything goes through as it is.</p>}
      <ul className="armed" aria-label="Armed faults">
        {faulty.flatMap((edge) =>
          edge.faults.map(({ fault, operation, acted }, index) => (
            <li key={`${edgeName(edge)} ${index}`}>
              <span className="grow">
                <strong>{faultWords(fault)}</strong> <code className="faint">{fault.kind}</code>
                <br />
                <span className="faint">
                  {edgeName(edge)} · {operation ?? 'all operations'} · {actedWords(acted)}
                </span>
              </span>
              <button
                type="button"
                aria-label={`Clear ${faultWords(fault)} on ${edgeName(edge)}`}
                onClick={() => clear(edge, index)}
              >
                Clear
              </button>
            </li>
          )),
        )}
      </ul>
      {task.kind === 'failed' && (
        <p role="alert" className="mistake">
          {messageOf(task.error)}
        </p>
      )}
    </section>
  )
}

function actedWords(acted: number): string {
  return acted === 0
    ? 'has not acted yet'
    : `has acted ${acted === 1 ? 'once' : acted === 2 ? 'twice' : `${acted} times`}`
}
