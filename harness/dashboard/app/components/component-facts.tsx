import type { ReactNode } from 'react'
import type { ComponentView } from '#harness/control/types.ts'

/** What a component is and where. */
export function ComponentFacts({ component }: Readonly<{ component: ComponentView }>): ReactNode {
  const { detail, url, up, stores, operations } = component
  return (
    <dl className="facts-list">
      <dt>is</dt>
      <dd>
        {detail}
        {up ? '' : ', down'}
      </dd>
      <dt>at</dt>
      <dd>
        <code>{url}</code>
      </dd>
      {stores.length > 0 && (
        <>
          <dt>stores</dt>
          <dd>{stores.join(', ')}</dd>
        </>
      )}
      <dt>offers</dt>
      <dd>
        <details>
          <summary>{operations.length} operations</summary>
          <table className="pairs">
            <tbody>
              {operations.map(({ name, kind, method, path }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="mono">
                    {kind === 'http' ? method : kind === 'ws' ? 'channel' : `${method} stream`} {path}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </dd>
    </dl>
  )
}
