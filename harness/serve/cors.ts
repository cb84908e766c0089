import type { AnyContract, CorsPolicy } from '#harness/contract/contract.ts'

/** Adds to a reply what lets an allowed origin's page read it (Fetch standard, §3.2 CORS protocol). */
export type Cors = Readonly<{
  isAllowed: (origin: string) => boolean
  preflight: (request: Request, methods: readonly string[]) => Response
  expose: (request: Request, headers: Headers) => void
}>

/** The CORS protocol of a contract for some origins; undefined where the contract has no policy. */
export function corsOf(contract: AnyContract, allowedOrigins: readonly string[]): Cors | undefined {
  const policy = contract.cors
  return policy && corsFor(policy, new Set(allowedOrigins), contract.requestIdHeader)
}

function corsFor(policy: CorsPolicy, allowed: ReadonlySet<string>, requestIdHeader: string): Cors {
  const exposed = [...new Set([requestIdHeader, ...policy.exposes])].join(', ')
  const permitted = [...new Set([requestIdHeader, ...policy.headers])].join(', ')
  function admit(request: Request, headers: Headers): boolean {
    const origin = request.headers.get('origin')
    headers.append('vary', 'Origin')
    if (origin === null || !allowed.has(origin)) return false
    headers.set('access-control-allow-origin', origin)
    if (policy.credentials) headers.set('access-control-allow-credentials', 'true')
    return true
  }
  return {
    isAllowed: (origin) => allowed.has(origin),
    expose(request, headers) {
      if (admit(request, headers)) headers.set('access-control-expose-headers', exposed)
    },
    preflight(request, methods) {
      const headers = new Headers()
      if (admit(request, headers)) {
        headers.set('access-control-allow-methods', methods.join(', '))
        headers.set('access-control-allow-headers', permitted)
        headers.set('access-control-max-age', String(policy.maxAgeSeconds))
      }
      return new Response(null, { status: 204, headers })
    },
  }
}
