import { useMemo, useState, type ReactNode } from 'react'
import type { EdgeView } from '#harness/control/types.ts'
import { Fault } from '#harness/fault/fault.ts'
import { useApi } from '../connection/api-context.ts'
import type { Mistakes } from '../form/draft.ts'
import { fieldsOf } from '../form/fields.ts'
import { refusalOf } from '../form/refusal.ts'
import { refusedFields } from '../form/refused-fields.ts'
import { SchemaForm, type FormValue } from '../form/schema-form.tsx'
import { useTask } from '../use-task.ts'
import { armedOf } from './armed-of.ts'
import { FaultKindChoice } from './fault-kind-choice.tsx'
import { faultForms, fieldWords } from './fault-kinds.ts'

type Props = Readonly<{
  edge: EdgeView
  /** The one operation that it is to meet; all where it is absent. */
  operation: string | undefined
}>

/** Asks for a fault by its kind, and arms it beside those that the edge has. */
export function FaultForm({ edge, operation }: Props): ReactNode {
  const api = useApi()
  const forms = useMemo(faultForms, [])
  const [chosen, setChosen] = useState(forms[0])
  const [mistakes, setMistakes] = useState<Mistakes>({})
  const [task, run] = useTask<unknown>()
  if (!chosen) return null
  const { kind, schema } = chosen
  const { consumer, provider } = edge
  const names = fieldsOf(schema)?.map(({ name }) => name) ?? []

  function arm(value: FormValue): void {
    const fault = Fault.safeParse({ kind, ...value })
    const issues = fault.error?.issues.map(({ path, message }) => ({ field: path.join('.'), message })) ?? []
    setMistakes(refusedFields(issues, names).byField)
    if (!fault.success) return
    const armed = { fault: fault.data, ...(operation !== undefined && { operation }) }
    run(() => api.setFaults({ params: { consumer, provider }, body: { faults: [...edge.faults.map(armedOf), armed] } }))
  }
  const refusal = task.kind === 'failed' ? refusalOf(task.error, names) : undefined
  return (
    <>
      <FaultKindChoice forms={forms} chosen={chosen} onChoose={setChosen} />
      <SchemaForm
        key={kind}
        schema={schema}
        action="Arm"
        isBusy={task.kind === 'busy'}
        refused={{ ...mistakes, ...refusal?.byField }}
        labelOf={fieldWords}
        onSubmit={arm}
      />
      {refusal?.others.map((message) => (
        <p key={message} role="alert" className="mistake">
          {message}
        </p>
      ))}
    </>
  )
}
