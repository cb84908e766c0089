import type { ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import type { Look } from '../view.ts'
import { ComponentFacts } from './component-facts.tsx'
import { EstablishedList } from './established-list.tsx'
import { States } from './states.tsx'
import { SwapForm } from './swap-form.tsx'

type Props = Readonly<{ stack: StackView; chosen: string | undefined; onLook: (look: Look) => void }>

/** One component: what it is, its states, and what can take its place. */
export function ComponentPanel({ stack, chosen, onLook }: Props): ReactNode {
  const withStates = stack.components.find(({ states }) => states.length > 0)
  const component = stack.components.find(({ name }) => name === chosen) ?? withStates ?? stack.components[0]
  if (!component) return <p className="empty">This stack has no component that others may call.</p>
  return (
    <>
      <div className="chips" role="group" aria-label="Component">
        {stack.components.map(({ name, up }) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === component.name}
            onClick={() => onLook({ to: 'component', component: name })}
          >
            {name}
            {!up && <span className="mistake"> down</span>}
          </button>
        ))}
      </div>
      <ComponentFacts component={component} />
      <States key={`states of ${component.name}`} component={component} />
      <EstablishedList established={stack.established} />
      <SwapForm key={`swap of ${component.name}`} component={component} />
    </>
  )
}
