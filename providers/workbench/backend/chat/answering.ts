import type { OperationsOf } from '#harness/contract/contract.ts'
import { event, type EventInput } from '#harness/contract/reply.ts'
import type { backend } from '#contracts/workbench/backend.ts'
import type { RunningAnswer } from './answers.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Parts } from '../parts.ts'
import type { Conversation } from '../repositories/conversations.ts'
import type { Session } from '../sessions/sessions.ts'

export type ChatEvent = EventInput<OperationsOf<typeof backend>['streamChat']>

type Asked = Readonly<{
  conversation: Conversation
  /** The id of the message that is answered: what came after it, from another page, is not for this answer. */
  question?: string
  session: Session
  signal: AbortSignal
}>

type AnsweringParts = Pick<Parts, 'answers' | 'conversationList' | 'logs' | 'messages' | 'model' | 'sessionWatch'>

/**
 * Answers the messages of a conversation: gives the events of the answer as they come, tells them to everybody who
 * follows, and keeps the answer as a message when it is whole. It is broken off when the asker goes away or their session
 * ends.
 */
export async function* answering(parts: AnsweringParts, asked: Asked): AsyncGenerator<ChatEvent> {
  const { answers, logs } = parts
  using watched = parts.sessionWatch.watch(asked.session)
  const stop = AbortSignal.any([asked.signal, watched.ended])
  let answer: RunningAnswer | undefined
  let over = false
  /** Who follows has to learn that nothing more comes. Gives the id of the event that says so. */
  async function breakOff(): Promise<string | undefined> {
    over = true
    return answer?.fail('The answer was broken off.').then(String, () => undefined)
  }
  try {
    answer = await answers.begin(asked.conversation.id)
    yield* tokens(parts, asked, { answer, stop })
    const number = await answer.done()
    over = true
    logs.model.info({ tokens: number - 1 }, 'Answered')
    yield event('done', { message_id: answer.id }, String(number))
  } catch (error) {
    const id = await breakOff()
    if (watched.ended.aborted) {
      yield sessionExpired(id)
    } else if (!asked.signal.aborted) {
      logs.model.error({ reason: reasonOf(error) }, 'Answer failed')
      yield modelFailed(id)
    }
  } finally {
    // The asker went away between two events.
    if (!over) await breakOff()
  }
}

/** The event that says that the session of whoever reads is over. */
export function sessionExpired(id?: string): ChatEvent {
  return event('error', { code: 'session_expired' as const, message: 'The session is over. Sign in again.' }, id)
}

function modelFailed(id?: string): ChatEvent {
  return event('error', { code: 'model_failed' as const, message: 'The answer could not be completed.' }, id)
}

type Answering = Readonly<{ answer: RunningAnswer; stop: AbortSignal }>

async function* tokens(
  { conversationList, messages, model }: AnsweringParts,
  { conversation, question, session }: Asked,
  { answer, stop }: Answering,
): AsyncGenerator<ChatEvent> {
  const { id: conversation_id } = conversation
  const soFar = upTo(await messages.of(conversation_id), question).map(({ role, content }) => ({ role, content }))
  let content = ''
  for await (const text of model.answer({ model: conversation.model, messages: soFar }, stop)) {
    stop.throwIfAborted()
    content += text
    yield event('token', { text }, String(await answer.token(text)))
  }
  stop.throwIfAborted()
  await messages.add({ id: answer.id, conversation_id, role: 'assistant', content })
  await conversationList.invalidate(session.account.id)
}

function upTo<M extends Readonly<{ id: string }>>(messages: readonly M[], last: string | undefined): readonly M[] {
  const index = messages.findIndex(({ id }) => id === last)
  return index < 0 ? messages : messages.slice(0, index + 1)
}
