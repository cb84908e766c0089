/** Sends requests as a client does that has lost its credential. */
export const withoutCredential: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.delete('authorization')
  return fetch(input, { ...init, headers })
}

/** Sends requests as a client does that names another scheme before its credential than it should. */
export function underScheme(scheme: string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('authorization', (headers.get('authorization') ?? '').replace(/^\S+/, scheme))
    return fetch(input, { ...init, headers })
  }
}
