/** Where a provider listens. `authority` is host and port as the Host header wants them. */
export type Target = { secure: boolean; host: string; port: number; authority: string }

/**
 * Reads a provider's base URL, such as `http://127.0.0.1:8080` (`ws:` means the same, `wss:` the same as `https:`). Throws when it is no URL, has
 * another scheme, or has a path: a prefix would make the recorded paths differ from those the provider sees.
 */
export function parseTarget(url: string): Target {
  if (!URL.canParse(url)) throw unusable(url, 'it is not a URL')
  const { protocol, hostname, port, host, pathname, search } = new URL(url)
  const secure = protocol === 'https:' || protocol === 'wss:'
  if (!secure && protocol !== 'http:' && protocol !== 'ws:') throw unusable(url, `its scheme is ${protocol}`)
  if (pathname !== '/' || search !== '') throw unusable(url, `it has the path ${pathname}${search}`)
  const usual = secure ? 443 : 80
  return { secure, host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port), authority: host }
}

/** Asks for the target anew each time, and reads its URL only when it has changed. */
export function targetReader(target: string | (() => string)): () => Target {
  let url = typeof target === 'string' ? target : undefined
  let parsed = url === undefined ? undefined : parseTarget(url)
  return () => {
    const next = typeof target === 'string' ? target : target()
    if (parsed === undefined || next !== url) parsed = parseTarget(next)
    url = next
    return parsed
  }
}

function unusable(url: string, why: string): Error {
  return new Error(`Proxy target "${url}" cannot be used: ${why}. Give scheme, host and port: http://127.0.0.1:8080.`)
}
