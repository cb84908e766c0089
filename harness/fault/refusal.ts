import type { AnyContract, CorsPolicy } from '#harness/contract/contract.ts'
import type { HeaderRecord, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'

// An import would load the Fetch API along with it: see harness/stack/proxy/node-http.ts.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

export type RefusalOptions = Readonly<{ status: number; retryAfterSeconds?: number | undefined }>

/**
 * A refusal as the provider of a contract would answer it: in its error shape, with the request's id, and readable to a
 * page of another origin. Where the contract is not known, as a body `{"error": {code, message}}`.
 */
export function refusalFor(
  request: ProxiedRequest,
  { status, retryAfterSeconds }: RefusalOptions,
  contract: AnyContract | undefined,
): ProxiedReply {
  const words = STATUS_CODES[status] ?? 'Failure'
  const code = words.toLowerCase().replaceAll(/[^a-z]+/g, '_')
  const message = `${words} (${status}, a fault that was armed here).`
  const requestId = idOf(request, contract)
  const body = contract?.errors.body({ status, code, message, requestId }) ?? { error: { code, message } }
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...(contract && { [contract.requestIdHeader]: requestId, ...corsHeaders(request, contract) }),
    },
    body: Buffer.from(JSON.stringify(body)),
  }
}

function idOf({ headers }: ProxiedRequest, contract: AnyContract | undefined): string {
  const given = contract && headers[contract.requestIdHeader]
  return typeof given === 'string' ? given : crypto.randomUUID()
}

/** What lets the page of any origin read the refusal (Fetch standard, §3.2): which ones may is for the provider to say. */
function corsHeaders({ headers }: ProxiedRequest, { cors, requestIdHeader }: AnyContract): HeaderRecord {
  const { origin } = headers
  if (cors === undefined || typeof origin !== 'string') return {}
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    ...credentials(cors),
    ...exposed(cors, requestIdHeader),
  }
}

function credentials(cors: CorsPolicy): HeaderRecord {
  return cors.credentials ? { 'access-control-allow-credentials': 'true' } : {}
}

function exposed({ exposes }: CorsPolicy, requestIdHeader: string): HeaderRecord {
  return { 'access-control-expose-headers': [...new Set([requestIdHeader, ...exposes])].join(', ') }
}
