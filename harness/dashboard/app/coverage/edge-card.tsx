import type { ReactNode } from 'react'
import type { EdgeCoverage } from '#harness/control/types.ts'
import { edgeName } from '../log/edge-name.ts'
import type { Look } from '../view.ts'
import { InteractionList } from './interaction-list.tsx'
import { OperationTable } from './operation-table.tsx'
import { ShareBar } from './share-bar.tsx'
import { sumsOf } from './sums.ts'

type Props = Readonly<{ coverage: EdgeCoverage; onLook: (look: Look) => void }>

/** What pacts cover of an edge. */
export function EdgeCard({ coverage, onLook }: Props): ReactNode {
  const { operations, interactions, undeclared } = coverage
  const { seen, called, recorded } = sumsOf(coverage)
  const edge = edgeName(coverage)
  return (
    <section className="card">
      <h3>{edge}</h3>
      {interactions.length === 0 ? (
        <p className="faint">No pact.</p>
      ) : (
        <ShareBar part={seen} whole={interactions.length} label="interactions of its pact seen" />
      )}
      {called > 0 && <ShareBar part={recorded} whole={called} label="calls are in a pact" />}
      {(called > recorded || undeclared > 0) && (
        <p className="line">
          {called > recorded && (
            <button type="button" onClick={() => onLook({ to: 'calls', edge, match: 'unrecorded' })}>
              {called - recorded} in no pact
            </button>
          )}
          {undeclared > 0 && (
            <button
              type="button"
              className="undeclared"
              onClick={() => onLook({ to: 'calls', edge, match: 'undeclared' })}
            >
              {undeclared} not in the contract
            </button>
          )}
        </p>
      )}
      <OperationTable operations={operations} onChoose={(operation) => onLook({ to: 'calls', edge, operation })} />
      <InteractionList interactions={interactions} />
    </section>
  )
}
