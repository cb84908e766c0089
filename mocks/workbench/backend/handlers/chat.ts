import { event } from '#harness/contract/reply.ts'
import type { AnswerEvent } from '../answers.ts'
import type { Memory } from '../memory.ts'
import type { Session } from '../sessions.ts'
import { answering, sessionExpired, type ChatEvent } from './answering.ts'
import { ownConversation, type BackendHandlers } from './backend-handlers.ts'

/** Asking the language model, and following its answers. */
export function chatHandlers(memory: Memory): Pick<BackendHandlers, 'streamChat' | 'followChat'> {
  return {
    streamChat({ body: { conversation_id, message }, principal: session, signal }) {
      ownConversation(memory, session, conversation_id)
      memory.messages.add({ conversation_id, role: 'user', content: message })
      return answering(memory, { conversation_id, message, session, signal })
    },
    followChat({ query: { conversation }, principal: session, signal, lastEventId }) {
      ownConversation(memory, session, conversation)
      return following(memory, { conversation, session, signal, after: numberOf(lastEventId) })
    },
  }
}

type Followed = Readonly<{ conversation: string; session: Session; signal: AbortSignal; after: number | undefined }>

async function* following(
  { answers }: Memory,
  { conversation, session, signal, after }: Followed,
): AsyncGenerator<ChatEvent> {
  const stop = AbortSignal.any([signal, session.ended])
  for await (const told of answers.follow(conversation, { after, signal: stop })) {
    if (session.ended.aborted) break
    yield chatEvent(told)
    if (told.event !== 'token') return
  }
  if (session.ended.aborted) yield sessionExpired(undefined)
}

function chatEvent(told: AnswerEvent): ChatEvent {
  const id = String(told.number)
  switch (told.event) {
    case 'token':
      return event('token', told.data, id)
    case 'done':
      return event('done', told.data, id)
    case 'error':
      return event('error', told.data, id)
  }
}

/** What is no number was given out by somebody else: as if there were none. */
function numberOf(lastEventId: string | undefined): number | undefined {
  return lastEventId !== undefined && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : undefined
}
