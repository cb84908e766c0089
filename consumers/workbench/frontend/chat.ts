import type { CallOptions } from '#harness/client/options.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { EventOutput } from '#harness/contract/reply.ts'
import type { backend } from '#contracts/workbench/backend.ts'
import type { BackendClient } from './backend-client.ts'

/** A piece of an answer as it comes. The last one says how it ended. */
export type AnswerPart =
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'done'; messageId: string }>
  | Readonly<{ kind: 'failed'; reason: 'model_failed' | 'session_expired'; message: string }>
  | Readonly<{ kind: 'stopped' }>

/** Ends with one of `done`, `failed` and `stopped`, or throws where the answer was refused or broke off. */
export type Answer = AsyncIterable<AnswerPart>

/** Asking the language model. Aborting `signal` stops the answer, which is no error. */
export type Chat = Readonly<{
  /** Sends a message when the answer is first iterated. An answer can be iterated once. */
  sendMessage: (conversation: string, text: string, options?: CallOptions) => Answer
  /** The last answer of a conversation from its start, or the next one; goes on where it was when the connection breaks. */
  followAnswer: (conversation: string, options?: CallOptions) => Answer
}>

export function chatOf(calls: BackendClient): Chat {
  return {
    sendMessage: (conversation, text, options = {}) =>
      answer(calls.streamChat({ body: { conversation_id: conversation, message: text } }, options), options),
    followAnswer: (conversation, options = {}) =>
      answer(calls.followChat({ query: { conversation } }, options), options),
  }
}

type ChatEvent = EventOutput<OperationsOf<typeof backend>['streamChat']>

async function* answer(events: AsyncIterable<ChatEvent>, { signal }: CallOptions): AsyncGenerator<AnswerPart> {
  try {
    for await (const event of events) yield partOf(event)
  } catch (error) {
    if (!signal?.aborted) throw error
    yield { kind: 'stopped' }
  }
}

function partOf(event: ChatEvent): AnswerPart {
  switch (event.event) {
    case 'token':
      return { kind: 'text', text: event.data.text }
    case 'done':
      return { kind: 'done', messageId: event.data.message_id }
    case 'error':
      return { kind: 'failed', reason: event.data.code, message: event.data.message }
  }
}
