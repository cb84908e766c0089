/** What sessions know, one each: made at first use, bounded in number. */
export type Sessions<S> = Readonly<{
  /** What a session knows; where there are too many then, that which was used least recently is dropped. */
  at: (id: string) => S
  all: () => readonly S[]
  clear: () => void
}>

export type SessionOptions<S> = Readonly<{
  most: number
  make: () => S
  /** Called with each that is dropped to make room. */
  onDropped: (id: string, session: S) => void
}>

/** Keeps what sessions know. */
export function keepSessions<S>({ most, make, onDropped }: SessionOptions<S>): Sessions<S> {
  // In the order of their last use: a map keeps the order in which its keys were set.
  const kept = new Map<string, S>()
  return {
    at(id) {
      const session = kept.get(id) ?? make()
      kept.delete(id)
      kept.set(id, session)
      for (const [oldest, dropped] of kept) {
        if (kept.size <= most) break
        kept.delete(oldest)
        onDropped(oldest, dropped)
      }
      return session
    },
    all: () => [...kept.values()],
    clear: () => kept.clear(),
  }
}
