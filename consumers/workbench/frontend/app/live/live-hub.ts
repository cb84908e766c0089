import type { LiveChannel, LiveEvent } from '../../live-channel.ts'

/** Hands what comes on a live channel to those who look at its conversation. They outlive a channel that breaks. */
export type LiveHub = Readonly<{
  /** Looks at a conversation until the function that this gives is called. */
  watch: (conversation: string, listener: (event: LiveEvent) => void) => () => void
  /** Reads a channel until it ends; throws where it breaks. */
  read: (channel: LiveChannel) => Promise<void>
}>

type Listener = (event: LiveEvent) => void

export function makeLiveHub(): LiveHub {
  const watchers = new Map<string, Set<Listener>>()
  /** What was told last of who is there: whoever begins to look later has to know it too. */
  const presence = new Map<string, LiveEvent>()
  let current: LiveChannel | undefined
  /** A channel that is closed and not yet known to be: the next one is told what is looked at anyway. */
  function say(word: 'subscribe' | 'unsubscribe', conversation: string): void {
    try {
      current?.[word](conversation)
    } catch {
      current = undefined
    }
  }
  return {
    watch(conversation, listener) {
      const others = watchers.get(conversation) ?? new Set()
      if (others.size === 0) say('subscribe', conversation)
      watchers.set(conversation, others.add(listener))
      const known = presence.get(conversation)
      if (known) listener(known)
      return () => {
        others.delete(listener)
        if (others.size > 0) return
        watchers.delete(conversation)
        presence.delete(conversation)
        say('unsubscribe', conversation)
      }
    },
    async read(channel) {
      current = channel
      for (const conversation of watchers.keys()) say('subscribe', conversation)
      try {
        for await (const event of channel) {
          if (event.kind === 'presence') presence.set(event.conversation, event)
          for (const tell of watchers.get(event.conversation) ?? []) tell(event)
        }
      } finally {
        current = undefined
        presence.clear()
      }
    },
  }
}
