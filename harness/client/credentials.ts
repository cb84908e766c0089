import type { HttpOperation, SseOperation } from '#harness/contract/operation.ts'
import { credentialHeader, type SignatureCarrier } from '#harness/contract/security.ts'
import type { Callable } from './request.ts'

/** A request that is complete but for its credentials. */
export type BareRequest = Readonly<{ url: string; init: RequestInit & { headers: Headers } }>

/**
 * Puts into a request what proves who calls. A signature is made last, as it covers the rest.
 * @throws TypeError where the client is to sign and the operation takes no signature.
 */
export async function addCredentials(
  { name, operation, settings: { credentials } }: Callable<HttpOperation | SseOperation>,
  { url, init }: BareRequest,
): Promise<void> {
  if (operation.spec.auth === undefined && credentials.kind === 'signed') return
  switch (credentials.kind) {
    case 'none':
      return
    case 'browser':
      init.credentials = 'include'
      return
    case 'bearer': {
      const token = await credentials.token()
      if (token !== undefined) init.headers.set(...credentialHeader({ kind: 'bearer' }, token))
      return
    }
    case 'cookies': {
      const header = credentials.jar.header()
      if (header !== undefined) init.headers.set('cookie', header)
      return
    }
    case 'signed': {
      const carrier = operation.spec.auth?.carriers.find((candidate) => candidate.kind === 'signature')
      if (!carrier) throw new TypeError(`${name} takes no signature. Give the client another kind of credentials.`)
      init.headers.set(...credentialHeader(carrier, await signed(carrier, credentials.secret, { url, init })))
    }
  }
}

async function signed(carrier: SignatureCarrier, secret: string, { url, init }: BareRequest): Promise<string> {
  const { pathname, search } = new URL(url)
  const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer())
  return carrier.sign(secret, { method: init.method ?? 'GET', path: `${pathname}${search}`, body })
}
