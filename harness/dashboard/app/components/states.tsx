import { useState, type ReactNode } from 'react'
import type { ComponentView } from '#harness/control/types.ts'
import { StateForm } from './state-form.tsx'

/** The states of a component, to choose one and set it up. */
export function States({ component }: Readonly<{ component: ComponentView }>): ReactNode {
  const { states, takesStates, name, kind } = component
  const [chosen, setChosen] = useState(states[0]?.name)
  const [session, setSession] = useState('')
  const state = states.find((one) => one.name === chosen) ?? states[0]
  return (
    <section>
      <h3>States</h3>
      {!takesStates && (
        <p className="faint">
          Somebody else runs {name}: its states cannot be set up here. Swap it for its mock first.
        </p>
      )}
      {takesStates && !state && <p className="faint">{name} has no states.</p>}
      {takesStates && state && (
        <>
          <div className="field">
            <label htmlFor="state">state</label>
            <select id="state" value={state.name} onChange={({ target }) => setChosen(target.value)}>
              {states.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </select>
          </div>
          {kind === 'mock' && <SessionField session={session} onSession={setSession} />}
          <StateForm key={state.name} component={name} state={state} session={session.trim()} />
        </>
      )}
    </section>
  )
}

type SessionProps = Readonly<{ session: string; onSession: (session: string) => void }>

/** Parallel tests do not share what a mock remembers: each names a session of its own. */
function SessionField({ session, onSession }: SessionProps): ReactNode {
  return (
    <details className="session">
      <summary>{session === '' ? 'For all sessions' : `For session ${session}`}</summary>
      <div className="field">
        <label htmlFor="session">session</label>
        <input
          id="session"
          autoComplete="off"
          spellCheck={false}
          aria-describedby="session-hint"
          value={session}
          onChange={({ target }) => onSession(target.value)}
        />
        <p className="hint" id="session-hint">
          Only for requests that name it in <code>x-concordat-session</code>. Empty: for all.
        </p>
      </div>
    </details>
  )
}
