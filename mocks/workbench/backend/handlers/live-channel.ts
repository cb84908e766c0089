import type { Memory } from '../memory.ts'
import type { BackendHandlers } from './backend-handlers.ts'
import { makeViewer } from './viewer.ts'

/** RFC 6455 §7.4.1: a reason of the service's own. */
const policyViolation = 1008

/** Tokens and presence, pushed to whoever subscribed to a conversation. */
export function liveChannelHandler(memory: Memory): Pick<BackendHandlers, 'live'> {
  return {
    async live(channel, { principal: session }) {
      const close = (): void => channel.close(policyViolation, 'the session is over')
      session.ended.addEventListener('abort', close)
      if (session.ended.aborted) close()
      const viewer = makeViewer(memory, channel, session)
      try {
        for await (const { type, data } of channel) {
          switch (type) {
            case 'subscribe':
              viewer.subscribe(data.conversation_id)
              break
            case 'unsubscribe':
              viewer.unsubscribe(data.conversation_id)
          }
        }
      } finally {
        session.ended.removeEventListener('abort', close)
        viewer.leave()
      }
    },
  }
}
