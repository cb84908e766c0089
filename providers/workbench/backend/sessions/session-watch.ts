import type { Session, Sessions } from './sessions.ts'

/** Somebody's interest in the end of a session, until it is disposed of. */
type Watched = Disposable & Readonly<{ ended: AbortSignal }>

/** Tells what runs for long, streams and channels, that the session it runs for is over. */
export type SessionWatch = Readonly<{
  watch: (session: Session) => Watched
  /** Resolves when nothing is watched any more. */
  idle: () => Promise<void>
}>

/** How late the end of a session may be noticed. */
const roundMs = 50

/** Watches sessions: one look-up in the cache per round for all of them together, and none while none is watched. */
export function makeSessionWatch(sessions: Sessions): SessionWatch {
  const watched = new Map<AbortController, Session>()
  let becameIdle = Promise.withResolvers<void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  becameIdle.resolve()

  async function round(): Promise<void> {
    const all = [...watched]
    // While the cache does not answer nobody can say that a session is over; the next round may.
    const over = await sessions.over(all.map(([, session]) => session)).catch((): readonly Session[] => [])
    for (const [controller, session] of all) if (over.includes(session)) controller.abort()
    timer = watched.size > 0 ? setTimeout(() => void round(), roundMs) : undefined
  }
  function forget(controller: AbortController): void {
    if (watched.delete(controller) && watched.size === 0) becameIdle.resolve()
  }
  return {
    idle: () => becameIdle.promise,
    watch(session) {
      const controller = new AbortController()
      if (watched.size === 0) becameIdle = Promise.withResolvers()
      watched.set(controller, session)
      timer ??= setTimeout(() => void round(), roundMs)
      return { ended: controller.signal, [Symbol.dispose]: () => forget(controller) }
    },
  }
}
