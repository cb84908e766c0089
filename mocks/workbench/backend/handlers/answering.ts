import type { backend } from '#contracts/workbench/backend.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { event, type EventInput } from '#harness/contract/reply.ts'
import type { RunningAnswer } from '../answers.ts'
import type { Memory } from '../memory.ts'
import type { Session } from '../sessions.ts'

export type ChatEvent = EventInput<OperationsOf<typeof backend>['streamChat']>

type Asked = Readonly<{
  conversation_id: string
  message: string
  session: Pick<Session, 'ended'>
  signal: AbortSignal
}>

type Means = Pick<Memory, 'answers' | 'messages' | 'model'>

/**
 * Answers a message: gives the events of the answer as they come, tells them to everybody who follows, and keeps the
 * answer as a message when it is whole. It is broken off when the asker goes away or their session ends.
 */
export async function* answering(means: Means, asked: Asked): AsyncGenerator<ChatEvent> {
  const { session, signal } = asked
  const answer = means.answers.begin(asked.conversation_id)
  let isOver = false
  /** Who follows has to learn that nothing more comes. Gives the id of the event that says so. */
  function breakOff(): string {
    isOver = true
    return String(answer.fail('The answer was broken off.'))
  }
  try {
    yield* tokens(means, asked, answer)
    const number = answer.done()
    isOver = true
    yield event('done', { message_id: answer.id }, String(number))
  } catch {
    const id = breakOff()
    if (session.ended.aborted) yield sessionExpired(id)
    else if (!signal.aborted) {
      yield { event: 'error', data: { code: 'model_failed', message: 'The answer could not be completed.' }, id }
    }
  } finally {
    // The asker went away between two events.
    if (!isOver) breakOff()
  }
}

async function* tokens(
  { messages, model }: Means,
  { conversation_id, message, session, signal }: Asked,
  answer: RunningAnswer,
): AsyncGenerator<ChatEvent> {
  const stop = AbortSignal.any([signal, session.ended])
  let content = ''
  for await (const text of model.answer(message, stop)) {
    content += text
    yield event('token', { text }, String(answer.token(text)))
  }
  stop.throwIfAborted()
  messages.add({ id: answer.id, conversation_id, role: 'assistant', content })
}

/** The event that ends a stream whose session is over. */
export function sessionExpired(id: string | undefined): ChatEvent {
  const data = { code: 'session_expired', message: 'The session is over. Sign in again.' } as const
  return { event: 'error', data, ...(id !== undefined && { id }) }
}
