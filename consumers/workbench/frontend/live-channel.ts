import type { CallOptions } from '#harness/client/options.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { SentByServer } from '#harness/contract/reply.ts'
import type { backend } from '#contracts/workbench/backend.ts'
import type { BackendClient } from './backend-client.ts'

/** What is pushed of the conversations that were subscribed to. */
export type LiveEvent = Readonly<{ conversation: string }> &
  (
    | Readonly<{ kind: 'presence'; viewers: number }>
    | Readonly<{ kind: 'text'; text: string }>
    | Readonly<{ kind: 'done'; messageId: string }>
    | Readonly<{ kind: 'failed'; reason: 'not_found' | 'model_failed'; message: string }>
  )

/** An open channel, for one reader. Iterating throws where the backend closes it for a reason, or goes away. */
export type LiveChannel = AsyncIterable<LiveEvent> &
  AsyncDisposable &
  Readonly<{
    subscribe: (conversation: string) => void
    unsubscribe: (conversation: string) => void
    close: () => Promise<void>
  }>

export type Live = Readonly<{ openLiveChannel: (options?: CallOptions) => Promise<LiveChannel> }>

export function liveOf(calls: BackendClient): Live {
  return {
    async openLiveChannel(options = {}) {
      const channel = await calls.live({}, options)
      return {
        subscribe: (conversation_id) => channel.send({ type: 'subscribe', data: { conversation_id } }),
        unsubscribe: (conversation_id) => channel.send({ type: 'unsubscribe', data: { conversation_id } }),
        close: channel.close,
        [Symbol.asyncDispose]: channel.close,
        async *[Symbol.asyncIterator]() {
          for await (const message of channel) yield liveEvent(message)
        },
      }
    },
  }
}

function liveEvent({ type, data }: SentByServer<OperationsOf<typeof backend>['live'], 'output'>): LiveEvent {
  const conversation = data.conversation_id
  switch (type) {
    case 'presence':
      return { kind: 'presence', conversation, viewers: data.viewers }
    case 'token':
      return { kind: 'text', conversation, text: data.text }
    case 'done':
      return { kind: 'done', conversation, messageId: data.message_id }
    case 'error':
      return { kind: 'failed', conversation, reason: data.code, message: data.message }
  }
}
