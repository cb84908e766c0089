/** What a path shows. */
export type Route =
  | Readonly<{ page: 'home' | 'sign-in' | 'files' | 'status' | 'nowhere' }>
  | Readonly<{ page: 'conversation'; id: string }>

const pages: Readonly<Record<string, Route>> = {
  '/': { page: 'home' },
  '/login': { page: 'sign-in' },
  '/files': { page: 'files' },
  '/status': { page: 'status' },
}

/** The route of a path. */
export function routeOf(path: string): Route {
  const conversation = /^\/conversations\/([^/]+)$/.exec(path)?.[1]
  if (conversation !== undefined) return { page: 'conversation', id: conversation }
  return pages[path] ?? { page: 'nowhere' }
}

export function conversationPath(id: string): string {
  return `/conversations/${encodeURIComponent(id)}`
}
