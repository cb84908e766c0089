import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { StackView } from '#harness/control/types.ts'
import { ComponentPanel } from '../components/component-panel.tsx'
import { CoveragePanel } from '../coverage/coverage-panel.tsx'
import { ExchangePanel } from '../detail/exchange-panel.tsx'
import { FaultPanel } from '../faults/fault-panel.tsx'
import type { ExchangeLog } from '../log/exchange-log.ts'
import { panels, type Look, type PanelName, type View } from '../view.ts'

type Props = Readonly<{ stack: StackView; log: ExchangeLog; view: View; onLook: (look: Look) => void }>

/** What can be seen and done closely, one panel at a time. */
export function Panels(props: Props): ReactNode {
  const { stack, view, onLook } = props
  const tabs = useRef<HTMLDivElement>(null)
  const faults = stack.edges.reduce((sum, edge) => sum + edge.faults.length, 0)
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const index = (panels.indexOf(view.panel) + step + panels.length) % panels.length
    const panel = panels[index]
    if (step === 0 || !panel) return
    event.preventDefault()
    onLook({ to: 'panel', panel })
    tabs.current?.querySelectorAll('button')[index]?.focus()
  }
  return (
    <section className="panels" aria-label="Details">
      <div className="tabs" role="tablist" aria-label="Panels" ref={tabs} onKeyDown={onKeyDown}>
        {panels.map((panel, index) => (
          <button
            key={panel}
            type="button"
            role="tab"
            id={`tab-${panel}`}
            aria-selected={view.panel === panel}
            aria-controls={`panel-${panel}`}
            tabIndex={view.panel === panel ? 0 : -1}
            title={`Key ${index + 1}`}
            onClick={() => onLook({ to: 'panel', panel })}
          >
            {panel}
            {panel === 'faults' && faults > 0 && <span className="badge failed">{faults}</span>}
          </button>
        ))}
      </div>
      {panels.map((panel) => (
        // All stay, so that a form keeps what was put into it.
        <div
          key={panel}
          className="panel"
          id={`panel-${panel}`}
          role="tabpanel"
          aria-labelledby={`tab-${panel}`}
          hidden={view.panel !== panel}
        >
          <Panel name={panel} {...props} />
        </div>
      ))}
    </section>
  )
}

function Panel({ name, stack, log, view, onLook }: Props & Readonly<{ name: PanelName }>): ReactNode {
  switch (name) {
    case 'request':
      return <ExchangePanel log={log} selected={view.selected} onLook={onLook} />
    case 'components':
      return <ComponentPanel stack={stack} chosen={view.component} onLook={onLook} />
    case 'faults':
      return <FaultPanel stack={stack} chosen={view.edge} onLook={onLook} />
    case 'coverage':
      return <CoveragePanel log={log} isShown={view.panel === name} onLook={onLook} />
    default:
      return name satisfies never
  }
}
