/** Says of something that happens whether to say so, and how often it went unsaid before; undefined to keep quiet. */
export type Repeats = (what: string) => number | undefined

/** More often than this in so many milliseconds is no person's doing. */
const mostAtOnce = 10
const windowMs = 10_000
/** Milliseconds after which what goes on and on is said again. */
const reminderMs = 30_000

type Kept = { recent: number[]; saidAt: number; unsaid: number }

/** Keeps quiet about what goes on and on, as somebody who asks for work again and again. */
export function makeRepeats(now: () => number = () => performance.now()): Repeats {
  const known = new Map<string, Kept>()
  return (what) => {
    const at = now()
    const kept = known.get(what) ?? { recent: [], saidAt: -Infinity, unsaid: 0 }
    known.set(what, kept)
    kept.recent = [...kept.recent.filter((time) => at - time < windowMs), at].slice(-mostAtOnce - 1)
    if (kept.recent.length > mostAtOnce && at - kept.saidAt < reminderMs) {
      kept.unsaid++
      return undefined
    }
    const { unsaid } = kept
    Object.assign(kept, { saidAt: at, unsaid: 0 })
    return unsaid
  }
}
