import { event } from '#harness/contract/reply.ts'
import { answering, sessionExpired, type ChatEvent } from '../chat/answering.ts'
import { isLast, type AnswerEvent } from '../chat/answer-events.ts'
import type { Parts } from '../parts.ts'
import type { Conversation } from '../repositories/conversations.ts'
import type { Session } from '../sessions/sessions.ts'
import { notFound, type BackendHandlers } from './backend-handlers.ts'

/** Asking the language model, and following its answers. */
export function chatHandlers(parts: Parts): Pick<BackendHandlers, 'streamChat' | 'followChat'> {
  async function ownConversation(session: Session, id: string): Promise<Conversation> {
    const conversation = await parts.conversations.find(session.account.id, id)
    if (!conversation) throw notFound('conversation')
    return conversation
  }
  return {
    async streamChat({ body, principal: session, signal }) {
      const conversation = await ownConversation(session, body.conversation_id)
      const { id: question } = await parts.messages.add({
        conversation_id: conversation.id,
        role: 'user',
        content: body.message,
      })
      await parts.conversationList.invalidate(session.account.id)
      return answering(parts, { conversation, question, session, signal })
    },
    async followChat({ query, principal: session, signal, lastEventId }) {
      const conversation = await ownConversation(session, query.conversation)
      return following(parts, { conversation, session, signal, after: numberOf(lastEventId) })
    },
  }
}

type Followed = Readonly<{
  conversation: Conversation
  session: Session
  signal: AbortSignal
  after: number | undefined
}>

async function* following(parts: Parts, { conversation, session, signal, after }: Followed): AsyncGenerator<ChatEvent> {
  using watched = parts.sessionWatch.watch(session)
  const stop = AbortSignal.any([signal, watched.ended])
  for await (const told of parts.answers.follow(conversation.id, { after, signal: stop })) {
    if (watched.ended.aborted) break
    yield chatEvent(told)
    if (isLast(told)) return
  }
  if (watched.ended.aborted) yield sessionExpired()
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
