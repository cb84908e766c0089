import type { ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import { clockTime } from '../clock-time.ts'
import { JsonView } from '../detail/json-view.tsx'

/** What was set up since the last reset, newest first. */
export function EstablishedList({ established }: Pick<StackView, 'established'>): ReactNode {
  return (
    <section>
      <h3>
        Set up since the last reset <span className="faint">{established.length}</span>
      </h3>
      {established.length === 0 && <p className="faint">Nothing.</p>}
      <ul className="established">
        {established.toReversed().map(({ component, state, params, at, session }, index) => (
          <li key={established.length - index}>
            <details>
              <summary>
                <span className="grow">
                  {component}: <strong>{state}</strong>
                  {session !== undefined && <span className="faint"> in session {session}</span>}
                </span>
                <time className="faint" dateTime={at}>
                  {clockTime(at)}
                </time>
              </summary>
              <JsonView value={params} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
