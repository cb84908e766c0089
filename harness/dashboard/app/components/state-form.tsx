import type { ReactNode } from 'react'
import type { ComponentView } from '#harness/control/types.ts'
import { useApi } from '../connection/api-context.ts'
import { JsonView } from '../detail/json-view.tsx'
import { fieldsOf } from '../form/fields.ts'
import type { FormSchema } from '../form/form-schema.ts'
import { refusalOf } from '../form/refusal.ts'
import { SchemaForm, wholeValue, type FormValue } from '../form/schema-form.tsx'
import { useTask } from '../use-task.ts'

type Props = Readonly<{
  component: string
  state: ComponentView['states'][number]
  /** The session of the mock that it is for; all where it is empty. */
  session: string
}>

/** Asks for the parameters of a state, sets it up, and shows what that gave. */
export function StateForm({ component, state, session }: Props): ReactNode {
  const api = useApi()
  const [task, run] = useTask<FormValue>()
  const schema = state.params as FormSchema
  const names = fieldsOf(schema)?.map(({ name }) => name) ?? [wholeValue]
  const refusal = task.kind === 'failed' ? refusalOf(task.error, names) : undefined
  function setUp(body: FormValue): void {
    run(async () => {
      const query = session === '' ? {} : { session }
      const reply = await api.setState({ params: { component, state: state.name }, query, body })
      return reply.body.provided
    })
  }
  return (
    <>
      {names.length === 0 && <p className="faint">It takes no parameters.</p>}
      {state.provides.length > 0 && <p className="faint">It gives {state.provides.join(', ')}.</p>}
      <SchemaForm
        schema={schema}
        action="Set up"
        isBusy={task.kind === 'busy'}
        refused={refusal?.byField ?? {}}
        onSubmit={setUp}
      />
      {refusal?.others.map((message) => (
        <p key={message} role="alert" className="mistake">
          {message}
        </p>
      ))}
      {task.kind === 'done' && (
        <div role="status" className="success">
          <p>{state.name} is set up.</p>
          {Object.keys(task.value).length > 0 && <JsonView value={task.value} />}
        </div>
      )}
    </>
  )
}
