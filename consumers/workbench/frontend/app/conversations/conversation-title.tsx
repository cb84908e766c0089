import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { Conversation } from '../../conversations.ts'
import { textOf } from '../failures/failure.ts'
import { mistakeIn } from '../failures/field-mistakes.ts'
import { formText } from '../pieces/form-text.ts'
import { Icon } from '../pieces/icon.tsx'
import { useTask } from '../pieces/use-task.ts'
import { useConversations } from './conversations-context.ts'

type Props = Readonly<{ conversation: Conversation; onRenamed: (conversation: Conversation) => void }>

/** The title of a conversation, which can be changed in its place. */
export function ConversationTitle({ conversation, onRenamed }: Props): ReactNode {
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <TitleForm conversation={conversation} onRenamed={onRenamed} onClose={() => setOpen(false)} />
  return (
    <div className="chat-title">
      <h1>{conversation.title}</h1>
      <button
        type="button"
        className="button button-icon"
        aria-label="Rename conversation"
        onClick={() => setOpen(true)}
      >
        <Icon name="edit" />
      </button>
    </div>
  )
}

function TitleForm({ conversation, onRenamed, onClose }: Props & Readonly<{ onClose: () => void }>): ReactNode {
  const { rename } = useConversations()
  const { failure, isRunning, run } = useTask()
  const mistake = failure && (mistakeIn(failure, 'title') ?? textOf(failure))
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const title = formText(new FormData(event.currentTarget), 'title')
    void run(async () => {
      onRenamed(await rename(conversation.id, title))
      onClose()
    })
  }
  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key === 'Escape') onClose()
  }
  return (
    <form className="chat-title" onSubmit={submit} aria-label="Rename conversation">
      <div className="field">
        <input
          name="title"
          aria-label="Title"
          aria-invalid={mistake !== undefined}
          aria-describedby={mistake === undefined ? undefined : 'rename-mistake'}
          defaultValue={conversation.title}
          maxLength={200}
          required
          autoFocus
          onKeyDown={closeOnEscape}
        />
        {mistake !== undefined && (
          <p className="field-mistake" id="rename-mistake" role="alert">
            {mistake}
          </p>
        )}
      </div>
      <button type="submit" className="button button-icon" aria-label="Save title" disabled={isRunning}>
        <Icon name="check" />
      </button>
    </form>
  )
}
