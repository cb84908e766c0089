import { useState, type ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import { edgeName } from '../log/edge-name.ts'
import type { Look } from '../view.ts'
import { ArmedList } from './armed-list.tsx'
import { FaultForm } from './fault-form.tsx'

type Props = Readonly<{ stack: StackView; chosen: string | undefined; onLook: (look: Look) => void }>

/** The faults that are armed, and what arms another. */
export function FaultPanel({ stack, chosen, onLook }: Props): ReactNode {
  const [operation, setOperation] = useState('')
  const edge = stack.edges.find((one) => edgeName(one) === chosen) ?? stack.edges[0]
  if (!edge) return <p className="empty">This stack has no edge that a fault could meet.</p>
  const operations = stack.components.find(({ name }) => name === edge.provider)?.operations ?? []
  const onlyOperation = operations.find(({ name }) => name === operation)?.name
  return (
    <>
      <ArmedList edges={stack.edges} />
      <section>
        <h3>Arm a fault</h3>
        <div className="field">
          <label htmlFor="fault-edge">edge</label>
          <select
            id="fault-edge"
            value={edgeName(edge)}
            onChange={({ target }) => onLook({ to: 'faults', edge: target.value })}
          >
            {stack.edges.map((one) => (
              <option key={edgeName(one)}>{edgeName(one)}</option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="fault-operation">operation</label>
          <select
            id="fault-operation"
            value={onlyOperation ?? ''}
            onChange={({ target }) => setOperation(target.value)}
          >
            <option value="">all operations of {edge.provider}</option>
            {operations.map(({ name, method, path }) => (
              <option key={name} value={name}>
                {name} ({method} {path})
              </option>
            ))}
          </select>
        </div>
        <FaultForm edge={edge} operation={onlyOperation} />
      </section>
    </>
  )
}
