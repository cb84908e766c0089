/** Who looks at a conversation right now. */
export type Presence = Readonly<{
  /** Lets somebody look on, and calls the listener with each number of viewers from now on, its own coming included. */
  join: (conversation: string, listener: (viewers: number) => void) => Joined
}>

/** Somebody's looking on. */
export type Joined = Readonly<{
  /** Tells the number of viewers once more. */
  announce: () => void
  /** The others are told. */
  leave: () => void
}>

export function makePresence(): Presence {
  const viewers = new Map<string, Set<(viewers: number) => void>>()
  return {
    join(conversation, listener) {
      const all = viewers.get(conversation) ?? new Set()
      const announce = (): void => [...all].forEach((tell) => tell(all.size))
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
