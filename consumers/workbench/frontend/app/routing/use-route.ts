import { useSyncExternalStore } from 'react'
import { routeOf, type Route } from './route.ts'

const moved = 'workbench:moved'

/** Where the page is; the component is drawn again when that changes. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(onMove, () => location.pathname))
}

/** Goes to another path of this app, as a link does; `replace` leaves no way back to where it was. */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path)
  else history.replaceState(null, '', path)
  dispatchEvent(new Event(moved))
}

function onMove(listener: () => void): () => void {
  addEventListener('popstate', listener)
  addEventListener(moved, listener)
  return () => {
    removeEventListener('popstate', listener)
    removeEventListener(moved, listener)
  }
}
