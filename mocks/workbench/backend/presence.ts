/** Who looks at a conversation right now. */
export type Presence = Readonly<{
  /** Lets somebody look on, and calls the listener with each number of viewers from now on, its own coming included. */
  join: (conversation: string, listener: Listener) => Joined
  /** Calls the listener with each number of viewers from now on, without looking on; what it gives back ends that. */
  listen: (conversation: string, listener: Listener) => () => void
}>

type Listener = (viewers: number) => void

/** Somebody's looking on. */
export type Joined = Readonly<{
  /** Tells the number of viewers once more. */
  announce: () => void
  /** The others are told. */
  leave: () => void
}>

export function makePresence(): Presence {
  const viewers = new Map<string, Set<Listener>>()
  const listeners = new Map<string, Set<Listener>>()
  return {
    listen(conversation, listener) {
      const others = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, others.add(listener))
      return () => void others.delete(listener)
    },
    join(conversation, listener) {
      const all = viewers.get(conversation) ?? new Set()
      const announce = (): void => [...all, ...(listeners.get(conversation) ?? [])].forEach((tell) => tell(all.size))
      viewers.set(conversation, all.add(listener))
      announce()
      return {
        announce,
        leave() {
          all.delete(listener)
          announce()
        },
      }
    },
  }
}
