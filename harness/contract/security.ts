/** Where a credential travels. */
export type Carrier = Readonly<{ kind: 'cookie'; name: string }> | Readonly<{ kind: 'bearer' }>

/** How a caller proves who it is. The first carrier that a request has is the one that counts. */
export type Security = Readonly<{
  kind: 'security'
  name: string
  carriers: readonly Carrier[]
  /** The value that a state must provide (see `state`) so that a recorded call can be authenticated. */
  value: string
}>

/** A credential as it came with a request. */
export type Credential = Readonly<{ carrier: Carrier['kind']; value: string }>

/** Declares a kind of credential: its carriers in order of precedence, and which value of a state fills it. */
export function security(name: string, options: { carriers: readonly Carrier[]; value: string }): Security {
  return { kind: 'security', name, ...options }
}

export function cookie(name: string): Carrier {
  return { kind: 'cookie', name }
}

export function bearer(): Carrier {
  return { kind: 'bearer' }
}

/** The header by which a carrier brings a value: RFC 6265 §4.2 for cookies, RFC 6750 §2.1 for bearer tokens. */
export function credentialHeader(carrier: Carrier, value: string): readonly [name: string, value: string] {
  return carrier.kind === 'cookie' ? ['cookie', `${carrier.name}=${value}`] : ['authorization', `Bearer ${value}`]
}

/** A WebSocket made by a browser can set no header: a bearer token then travels as a subprotocol with this prefix. */
export const bearerSubprotocol = 'bearer.'

/** Reads the credential from a request, or nothing where it brings none. The scheme word is compared without case (RFC 9110 §11.1). */
export function readCredential(security: Security, headers: Headers): Credential | undefined {
  for (const carrier of security.carriers) {
    const value = carrier.kind === 'cookie' ? cookieValue(headers.get('cookie'), carrier.name) : bearerValue(headers)
    if (value) return { carrier: carrier.kind, value }
  }
  return undefined
}

function bearerValue(headers: Headers): string | undefined {
  const header = /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (header) return header
  const offered = (headers.get('sec-websocket-protocol') ?? '').split(',').map((item) => item.trim())
  return offered.find((item) => item.startsWith(bearerSubprotocol))?.slice(bearerSubprotocol.length)
}

function cookieValue(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...rest] = pair.trim().split('=')
    if (key === name) return rest.join('=')
  }
  return undefined
}
