import { useId, useState, type ReactNode, type SubmitEvent } from 'react'
import type { ComponentView } from '#harness/control/types.ts'
import { useApi } from '../connection/api-context.ts'
import { refusalOf } from '../form/refusal.ts'
import { useTask } from '../use-task.ts'

/** Puts one that somebody else runs in a component's place, or its mock. */
export function SwapForm({ component }: Readonly<{ component: ComponentView }>): ReactNode {
  const { name, kind } = component
  const api = useApi()
  const id = useId()
  const [url, setUrl] = useState('')
  const [task, run] = useTask<unknown>()
  const refusal = task.kind === 'failed' ? refusalOf(task.error, ['url']) : undefined
  const mistake = refusal && [...Object.values(refusal.byField), ...refusal.others].join(' ')
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    run(() => api.setComponent({ params: { component: name }, body: { kind: 'url', url } }))
  }
  return (
    <section>
      <h3>Another in its place</h3>
      <form className="swap" onSubmit={submit}>
        <label htmlFor={id}>address of one that runs</label>
        <input
          id={id}
          placeholder="http://127.0.0.1:4512"
          autoComplete="off"
          spellCheck={false}
          value={url}
          aria-invalid={mistake !== undefined}
          onChange={({ target }) => setUrl(target.value)}
        />
        <button type="submit" disabled={url.trim() === '' || task.kind === 'busy'}>
          Take it
        </button>
        {kind !== 'mock' && (
          <button
            type="button"
            disabled={task.kind === 'busy'}
            onClick={() => run(() => api.setComponent({ params: { component: name }, body: { kind: 'mock' } }))}
          >
            Back to its mock
          </button>
        )}
      </form>
      {mistake !== undefined && (
        <p role="alert" className="mistake">
          {mistake}
        </p>
      )}
    </section>
  )
}
