/** Where a credential travels. */
export type Carrier = Readonly<{ kind: 'cookie'; name: string }> | Readonly<{ kind: 'bearer' }> | SignatureCarrier

/** What a signature covers: the request as it is sent. `path` includes the query. */
export type RequestToSign = Readonly<{ method: string; path: string; body: Uint8Array }>

/**
 * A signature over the request, in the Authorization header behind a scheme word of its own. The credential is a secret
 * that never travels: each request, and each further attempt of it, is signed anew.
 */
export type SignatureCarrier = Readonly<{
  kind: 'signature'
  /** The scheme word of the Authorization header (RFC 9110 §11.4). */
  scheme: string
  /** What follows the scheme word: a regular expression for the whole of it. */
  pattern: string
  /** Makes what follows the scheme word. */
  sign: (secret: string, request: RequestToSign) => string
}>

/** How a caller proves who it is. The first carrier that a request has is the one that counts. */
export type Security = Readonly<{
  kind: 'security'
  name: string
  carriers: readonly Carrier[]
  /** The value that a state must provide (see `state`) so that a recorded call can be authenticated. */
  value: string
}>

/** A credential as it came with a request; a signature comes with what it has to cover. */
export type Credential = CarriedCredential | Readonly<{ carrier: 'signature'; value: string; request: RequestToSign }>

type CarriedCredential = Readonly<{ carrier: 'cookie' | 'bearer'; value: string }>

/** A credential as it stands in the headers. */
export type PresentedCredential = CarriedCredential | Readonly<{ carrier: 'signature'; value: string }>

/** Declares a kind of credential: its carriers in order of precedence, and which value of a state fills it. */
export function security(name: string, options: { carriers: readonly Carrier[]; value: string }): Security {
  return { kind: 'security', name, ...options }
}

/** Requests signed by the caller, in the Authorization header under a scheme word of their own. */
export function signature(options: Omit<SignatureCarrier, 'kind'>): SignatureCarrier {
  return { kind: 'signature', ...options }
}

export function cookie(name: string): Carrier {
  return { kind: 'cookie', name }
}

export function bearer(): Carrier {
  return { kind: 'bearer' }
}

/**
 * The header by which a carrier brings a value: RFC 6265 §4.2 for cookies, RFC 6750 §2.1 for bearer tokens,
 * RFC 9110 §11.4 for the others.
 */
export function credentialHeader(carrier: Carrier, value: string): [name: string, value: string] {
  return carrier.kind === 'cookie'
    ? ['cookie', `${carrier.name}=${value}`]
    : ['authorization', `${schemeOf(carrier)} ${value}`]
}

/** The scheme word that a carrier has in the Authorization header. */
export function schemeOf(carrier: Exclude<Carrier, { kind: 'cookie' }>): string {
  return carrier.kind === 'bearer' ? 'Bearer' : carrier.scheme
}

/** A WebSocket made by a browser can set no header: a bearer token then travels as a subprotocol with this prefix. */
export const bearerSubprotocol = 'bearer.'

/** Reads the credential from a request, or nothing where it brings none. The scheme word is compared without case (RFC 9110 §11.1). */
export function readCredential(security: Security, headers: Headers): PresentedCredential | undefined {
  for (const carrier of security.carriers) {
    const value = valueOf(carrier, headers)
    if (value) return { carrier: carrier.kind, value }
  }
  return undefined
}

function valueOf(carrier: Carrier, headers: Headers): string | undefined {
  switch (carrier.kind) {
    case 'cookie':
      return cookieValue(headers.get('cookie'), carrier.name)
    case 'bearer':
      return authorizationValue(headers, 'Bearer') ?? bearerOfChannel(headers)
    case 'signature':
      return authorizationValue(headers, carrier.scheme)
  }
}

function authorizationValue(headers: Headers, scheme: string): string | undefined {
  const [, given, value] = /^(\S+) +(\S+)$/.exec(headers.get('authorization') ?? '') ?? []
  return given?.toLowerCase() === scheme.toLowerCase() ? value : undefined
}

function bearerOfChannel(headers: Headers): string | undefined {
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
