/**
 * A browser keeps cookies from scripts: it drops Cookie from a Request and Set-Cookie from a Response (Fetch §2.2.2,
 * §5.5). A provider has to see the one and to give the other; here they are kept beside what the browser made.
 */
export function providerRequest(url: string, init: RequestInit & { headers: Headers }): Request {
  return withHeaders(new Request(url, init), init.headers)
}

/** From now on responses that are made in this realm have all of their headers. */
export function keepResponseHeaders(): void {
  globalThis.Response = class ProviderResponse extends Response {
    constructor(body?: BodyInit | null, init?: ResponseInit) {
      super(body, init)
      const headers = new Headers(super.headers)
      for (const cookie of new Headers(init?.headers).getSetCookie()) headers.append('set-cookie', cookie)
      withHeaders(this, headers)
    }

    static override json(data: unknown, init?: ResponseInit): Response {
      const headers = new Headers(init?.headers)
      if (!headers.has('content-type')) headers.set('content-type', 'application/json')
      return new ProviderResponse(JSON.stringify(data), { ...init, headers })
    }
  }
}

function withHeaders<T extends object>(message: T, headers: Headers): T {
  return Object.defineProperty(message, 'headers', { value: headers, configurable: true })
}
