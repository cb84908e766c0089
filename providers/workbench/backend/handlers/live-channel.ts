import { randomUUID } from 'node:crypto'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { ServerChannel } from '#harness/serve/handlers.ts'
import type { backend } from '#contracts/workbench/backend.ts'
import type { AnswerEvent } from '../chat/answer-events.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Parts } from '../parts.ts'
import type { Joined } from '../chat/presence.ts'
import type { Session } from '../sessions/sessions.ts'
import type { BackendHandlers } from './backend-handlers.ts'

type Channel = ServerChannel<OperationsOf<typeof backend>['live']>

/** RFC 6455 §7.4.1: a reason of the service's own. */
const policyViolation = 1008

/** Tokens and presence, pushed to whoever subscribed to a conversation. */
export function liveChannelHandler(parts: Parts): Pick<BackendHandlers, 'live'> {
  return {
    async live(channel, { principal: session }) {
      using watched = parts.sessionWatch.watch(session)
      watched.ended.addEventListener('abort', () => channel.close(policyViolation, 'the session is over'))
      await using viewer = new Viewer(parts, channel, session)
      for await (const { type, data } of channel) {
        switch (type) {
          case 'subscribe':
            await viewer.subscribe(data.conversation_id)
            break
          case 'unsubscribe':
            await viewer.unsubscribe(data.conversation_id)
        }
      }
    },
  }
}

/** One open channel and what it is subscribed to. */
class Viewer implements AsyncDisposable {
  readonly #id = randomUUID()
  readonly #subscriptions = new Map<string, { joined: Joined; stopListening: () => void }>()
  readonly #parts: Parts
  readonly #channel: Channel
  readonly #session: Session

  constructor(parts: Parts, channel: Channel, session: Session) {
    this.#parts = parts
    this.#channel = channel
    this.#session = session
  }

  async subscribe(conversation_id: string): Promise<void> {
    const { answers, conversations, presence } = this.#parts
    const known = this.#subscriptions.get(conversation_id)
    if (known) return known.joined.announce()
    if (!(await conversations.find(this.#session.account.id, conversation_id))) {
      const message = 'There is no such conversation.'
      return this.#channel.send({ type: 'error', data: { code: 'not_found', message, conversation_id } })
    }
    const stopListening = await answers.listen(conversation_id, (event) => this.#push(conversation_id, event))
    try {
      const joined = await presence.join(conversation_id, this.#id, (viewers) =>
        this.#channel.send({ type: 'presence', data: { conversation_id, viewers } }),
      )
      this.#subscriptions.set(conversation_id, { joined, stopListening })
    } catch (error) {
      stopListening()
      throw error
    }
  }

  async unsubscribe(conversation_id: string): Promise<void> {
    const known = this.#subscriptions.get(conversation_id)
    if (!known) return
    this.#subscriptions.delete(conversation_id)
    known.stopListening()
    await known.joined.leave()
  }

  #push(conversation_id: string, told: AnswerEvent): void {
    switch (told.event) {
      case 'token':
        return this.#channel.send({ type: 'token', data: { conversation_id, ...told.data } })
      case 'done':
        return this.#channel.send({ type: 'done', data: { conversation_id, ...told.data } })
      case 'error':
        return this.#channel.send({ type: 'error', data: { conversation_id, ...told.data } })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const conversation_id of this.#subscriptions.keys()) {
      await this.unsubscribe(conversation_id).catch((error: unknown) =>
        this.#parts.logs.cache.warn({ reason: reasonOf(error) }, 'Viewer not taken away'),
      )
    }
  }
}
