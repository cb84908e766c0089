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
  const values = new Map(
    attributes.map((attribute) => {
      const [name = '', value = ''] = attribute.split('=')
      return [name.trim().toLowerCase(), value.trim()]
    }),
  )
  // An age goes before a time, and what cannot be read counts for nothing.
  const age = values.get('max-age') ?? ''
  if (/^-?\d+$/.test(age)) return Number(age) <= 0
  return Date.parse(values.get('expires') ?? '') <= Date.now()
}
