import { listenToViewers } from '../chat/presence.ts'
import type { PubSub } from '../stores/pub-sub.ts'

/**
 * Waits for somebody to look at a conversation, without looking at it.
 * @returns once nobody can be missed any more: the end of the waiting, which is the first viewer or the signal's abort
 */
export async function firstViewer(
  pubSub: PubSub,
  conversation: string,
  signal: AbortSignal,
): Promise<Readonly<{ over: Promise<void> }>> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const end = (): void => resolve()
  const stopListening = await listenToViewers(pubSub, conversation, ({ viewers }) => {
    if (viewers > 0) end()
  })
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  async function waiting(): Promise<void> {
    await promise
    signal.removeEventListener('abort', end)
    stopListening()
  }
  return { over: waiting() }
}
