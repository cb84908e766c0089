import { useState, type ReactNode } from 'react'
import type { ComponentView } from '#harness/control/types.ts'
import { StateForm } from './state-form.tsx'

/** The states of a component, to choose one and set it up. */
export function States({ component }: Readonly<{ component: ComponentView }>): ReactNode {
  const { states, takesStates, name } = component
  const [chosen, setChosen] = useState(states[0]?.name)
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
          <StateForm key={state.name} component={name} state={state} />
        </>
      )}
    </section>
  )
}
