import type { ReactNode } from 'react'
import type { EdgeCoverage } from '#harness/control/types.ts'

type Props = Readonly<{ operations: EdgeCoverage['operations']; onChoose: (operation: string) => void }>

/** How often each operation was called, and how much of that is in a pact. */
export function OperationTable({ operations, onChoose }: Props): ReactNode {
  if (operations.length === 0) return null
  return (
    <details>
      <summary>
        Operations called <span className="faint">{operations.length}</span>
      </summary>
      <table className="counts">
        <thead>
          <tr>
            <th scope="col">operation</th>
            <th scope="col">called</th>
            <th scope="col">in a pact</th>
          </tr>
        </thead>
        <tbody>
          {operations.map(({ operation, called, recorded }) => (
            <tr key={operation}>
              <th scope="row">
                <button type="button" className="plain" onClick={() => onChoose(operation)}>
                  {operation}
                </button>
              </th>
              <td>{called}</td>
              <td>{recorded}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
