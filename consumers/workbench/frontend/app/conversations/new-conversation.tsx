import { useState, type FormEvent, type ReactNode } from 'react'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { isSaidByFields, mistakeIn } from '../failures/field-mistakes.ts'
import { Dialog } from '../pieces/dialog.tsx'
import { Field } from '../pieces/field.tsx'
import { formText } from '../pieces/form-text.ts'
import { Icon } from '../pieces/icon.tsx'
import { useTask } from '../pieces/use-task.ts'
import { conversationPath } from '../routing/route.ts'
import { navigate } from '../routing/use-route.ts'
import { useConversations } from './conversations-context.ts'

const models = ['gpt-4', 'gpt-4-mini', 'claude-opus', 'llama-3-70b'] as const

/** A button that asks for title and model, and goes to the conversation that it makes. */
export function NewConversation({ testId }: Readonly<{ testId?: string }>): ReactNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="button button-main" data-testid={testId} onClick={() => setOpen(true)}>
        <Icon name="plus" />
        New conversation
      </button>
      {isOpen && <NewConversationDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function NewConversationDialog({ onClose }: Readonly<{ onClose: () => void }>): ReactNode {
  const { create } = useConversations()
  const { failure, isRunning, run } = useTask()
  async function submit(form: FormData): Promise<void> {
    await run(async () => {
      const { id } = await create(formText(form, 'title'), formText(form, 'model'))
      onClose()
      navigate(conversationPath(id))
    })
  }
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    void submit(new FormData(event.currentTarget))
  }
  return (
    <Dialog title="New conversation" onClose={onClose}>
      <form onSubmit={onSubmit}>
        <Field
          label="Title"
          name="title"
          required
          maxLength={200}
          autoComplete="off"
          autoFocus
          placeholder="What is it about?"
          mistake={mistakeIn(failure, 'title')}
        />
        <ModelChoice />
        {failure && !isSaidByFields(failure, ['title']) && (
          <FailureNotice what="The conversation was not created." failure={failure} />
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-main" data-testid="create" disabled={isRunning}>
            {isRunning ? 'Creating…' : 'Create'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function ModelChoice(): ReactNode {
  return (
    <div className="field">
      <label htmlFor="new-conversation-model">Model</label>
      <select id="new-conversation-model" name="model">
        {models.map((model) => (
          <option key={model}>{model}</option>
        ))}
      </select>
    </div>
  )
}
