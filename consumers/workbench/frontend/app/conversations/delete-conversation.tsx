import { useState, type ReactNode } from 'react'
import type { Conversation } from '../../conversations.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { Dialog } from '../pieces/dialog.tsx'
import { Icon } from '../pieces/icon.tsx'
import { useTask } from '../pieces/use-task.ts'
import { navigate } from '../routing/use-route.ts'
import { useConversations } from './conversations-context.ts'

/** A button that deletes a conversation, after a question. */
export function DeleteConversation({ conversation }: Readonly<{ conversation: Conversation }>): ReactNode {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="button button-icon"
        aria-label="Delete conversation"
        onClick={() => setOpen(true)}
      >
        <Icon name="trash" />
      </button>
      {isOpen && <Question conversation={conversation} onClose={() => setOpen(false)} />}
    </>
  )
}

type QuestionProps = Readonly<{ conversation: Conversation; onClose: () => void }>

function Question({ conversation: { id, title }, onClose }: QuestionProps): ReactNode {
  const { remove } = useConversations()
  const { failure, isRunning, run } = useTask()
  async function confirm(): Promise<void> {
    const isGone = await run(() => remove(id))
    if (isGone) navigate('/', 'replace')
  }
  return (
    <Dialog title="Delete this conversation?" onClose={onClose}>
      <p>“{title}” and all of its messages are deleted for good.</p>
      {failure && <FailureNotice what="It was not deleted." failure={failure} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose} autoFocus>
          Keep it
        </button>
        <button type="button" className="button button-danger" disabled={isRunning} onClick={() => void confirm()}>
          Delete
        </button>
      </div>
    </Dialog>
  )
}
