import type { backend } from '#contracts/workbench/backend.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { ServerChannel } from '#harness/serve/handlers.ts'
import type { AnswerEvent } from '../answers.ts'
import type { Memory } from '../memory.ts'
import type { Joined } from '../presence.ts'
import type { Session } from '../sessions.ts'

type Channel = ServerChannel<OperationsOf<typeof backend>['live']>

/** One open channel and what it is subscribed to. */
export type Viewer = Readonly<{
  subscribe: (conversation: string) => void
  unsubscribe: (conversation: string) => void
  /** Unsubscribes from everything. */
  leave: () => void
}>

type Subscription = Readonly<{ joined: Joined; stopListening: () => void }>

export function makeViewer(memory: Memory, channel: Channel, { account }: Session): Viewer {
  const { answers, conversations, presence } = memory
  const subscriptions = new Map<string, Subscription>()

  function subscribe(conversation_id: string): void {
    const known = subscriptions.get(conversation_id)
    if (known) return known.joined.announce()
    if (!conversations.find(account.id, conversation_id)) {
      const message = 'There is no such conversation.'
      return channel.send({ type: 'error', data: { code: 'not_found', message, conversation_id } })
    }
    const stopListening = answers.listen(conversation_id, (event) => channel.send(message(conversation_id, event)))
    const joined = presence.join(conversation_id, (viewers) =>
      channel.send({ type: 'presence', data: { conversation_id, viewers } }),
    )
    subscriptions.set(conversation_id, { joined, stopListening })
  }
  function unsubscribe(conversation_id: string): void {
    const known = subscriptions.get(conversation_id)
    subscriptions.delete(conversation_id)
    known?.stopListening()
    known?.joined.leave()
  }
  return { subscribe, unsubscribe, leave: () => [...subscriptions.keys()].forEach(unsubscribe) }
}

function message(conversation_id: string, told: AnswerEvent): Parameters<Channel['send']>[0] {
  switch (told.event) {
    case 'token':
      return { type: 'token', data: { conversation_id, ...told.data } }
    case 'done':
      return { type: 'done', data: { conversation_id, ...told.data } }
    case 'error':
      return { type: 'error', data: { conversation_id, ...told.data } }
  }
}
