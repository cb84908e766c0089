import type { ReactNode } from 'react'
import type { FaultForm } from './fault-kinds.ts'

type Props = Readonly<{ forms: readonly FaultForm[]; chosen: FaultForm; onChoose: (form: FaultForm) => void }>

/** Which kind of fault, and what that does. */
export function FaultKindChoice({ forms, chosen, onChoose }: Props): ReactNode {
  function choose(kind: string): void {
    const form = forms.find((one) => one.kind === kind)
    if (form) onChoose(form)
  }
  return (
    <div className="field">
      <label htmlFor="fault-kind">fault</label>
      <select
        id="fault-kind"
        aria-describedby="fault-kind-hint"
        value={chosen.kind}
        onChange={({ target }) => choose(target.value)}
      >
        {forms.map(({ kind, title }) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </select>
      <p className="hint" id="fault-kind-hint">
        {chosen.description}
      </p>
    </div>
  )
}
