/** The cookies of one provider, for clients outside a browser. */
export type CookieJar = Readonly<{
  /** The Cookie header to send, or undefined where there is no cookie. */
  header: () => string | undefined
  /** Takes what a reply sets and clears. */
  take: (reply: Response) => void
  get: (name: string) => string | undefined
  set: (name: string, value: string) => void
}>

/** A jar for one provider: name, value and end of each cookie (RFC 6265 §5.3), no domains or paths. */
export function cookieJar(): CookieJar {
  const cookies = new Map<string, string>()
  return {
    header() {
      return cookies.size === 0 ? undefined : [...cookies].map((pair) => pair.join('=')).join('; ')
    },
    take(reply) {
      for (const line of reply.headers.getSetCookie()) {
        const [pair = '', ...attributes] = line.split(';')
        const [name = '', ...value] = pair.trim().split('=')
        if (isOver(attributes)) cookies.delete(name)
        else cookies.set(name, value.join('='))
      }
    },
    get: (name) => cookies.get(name),
    set: (name, value) => void cookies.set(name, value),
  }
}

function isOver(attributes: readonly string[]): boolean {
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.trim().split('=')
    if (name.toLowerCase() === 'max-age') return Number(value) <= 0
    if (name.toLowerCase() === 'expires' && Date.parse(value) <= Date.now()) return true
  }
  return false
}
