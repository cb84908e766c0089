import type { ExchangeSummary, Notice } from './types.ts'

/** Something that happened, for those who watch. */
export type News =
  | Readonly<{ event: 'exchange'; data: ExchangeSummary; id: string }>
  | Readonly<{ event: 'notice'; data: Notice }>
  | Readonly<{ event: 'changed'; data: Record<never, never> }>

/** Carries news to all who watch. */
export type Feed = Readonly<{
  tell: (news: News) => void
  /** The news from now on, until the signal aborts. */
  watch: (signal: AbortSignal) => AsyncIterableIterator<News>
  /** Calls back with the news from now on; what it gives ends that. */
  listen: (listener: (news: News) => void) => () => void
}>

/** Of news that a slow watcher has not read yet, so many are kept. */
const mostWaiting = 2000

export function makeFeed(): Feed {
  const listeners = new Set<(news: News) => void>()
  function listen(listener: (news: News) => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    listen,
    tell(news) {
      for (const listener of listeners) listener(news)
    },
    // Listens from now on, and not from when it is first read.
    watch(signal) {
      const waiting: News[] = []
      let wake = (): void => undefined
      const stop = listen((news) => {
        if (waiting.push(news) > mostWaiting) waiting.shift()
        wake()
      })
      signal.addEventListener('abort', () => {
        stop()
        wake()
      })
      return follow(waiting, signal, (waker) => (wake = waker))
    },
  }
}

async function* follow(
  waiting: News[],
  signal: AbortSignal,
  onNews: (wake: () => void) => void,
): AsyncGenerator<News, undefined> {
  while (!signal.aborted) {
    const next = waiting.shift()
    if (next) yield next
    else await new Promise<void>((resolve) => onNews(resolve))
  }
  return undefined
}
