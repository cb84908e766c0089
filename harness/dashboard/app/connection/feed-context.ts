import { createContext, use, useSyncExternalStore } from 'react'
import type { Feed } from './feed.ts'
import type { FeedState } from './feed-state.ts'

export const FeedContext = createContext<Feed | undefined>(undefined)

/** What the page learns of the stack. */
export function useFeed(): Feed {
  const feed = use(FeedContext)
  if (!feed) throw new TypeError('There is no feed here. Draw this within a FeedContext.')
  return feed
}

/** What the page knows of the stack now. */
export function useFeedState(): FeedState {
  const feed = useFeed()
  return useSyncExternalStore(feed.subscribe, feed.state)
}
