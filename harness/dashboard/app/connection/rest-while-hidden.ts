import type { Feed } from './feed.ts'

/**
 * Lets a feed rest while its tab is hidden; what it gives ends that. A browser has six connections to a place at most
 * (RFC 9112 §9.4 leaves the number to it): tabs that nobody looks at must not keep the others from asking anything.
 */
export function restWhileHidden(feed: Pick<Feed, 'rest'>): () => void {
  const look = (): void => feed.rest(document.visibilityState === 'hidden')
  look()
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}
