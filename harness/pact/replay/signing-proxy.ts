import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { SignatureCarrier } from '#harness/contract/security.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { signWith } from '../file/sign-with.ts'
import { routesOf } from './operation-of.ts'
import type { ReplayProblem } from './replay-run.ts'

/** What stands between the Verifier and a target. */
export type SigningProxy = AsyncDisposable & Readonly<{ baseUrl: string }>

/**
 * Signs what a replay sends: a request with `<scheme> sign-with:<secret>` goes on with `<scheme> <signature>`, made as the
 * carrier of its operation says, over the request as it is sent. Everything else passes unchanged. A secret never passes:
 * what cannot be signed is answered here, and reported. Without signatures in the contract, it is the target itself.
 * @throws Error where the target is more than scheme, host and port.
 */
export async function signingProxy(
  contract: AnyContract,
  target: string,
  report: (problem: ReplayProblem) => void,
): Promise<SigningProxy> {
  if (!Object.values(contract.operations).some(carrierIn))
    return { baseUrl: target, [Symbol.asyncDispose]: () => Promise.resolve() }
  const hook =
    (find: (request: ProxiedRequest) => Operation | undefined) =>
    (request: ProxiedRequest): ProxiedRequest | { reply: ProxiedReply } => {
      const [, scheme, secret] = toSign.exec(String(request.headers['authorization'] ?? '')) ?? []
      if (scheme === undefined || secret === undefined) return request
      const signed = signature(find(request), secret, request)
      if (typeof signed === 'string')
        return { ...request, headers: { ...request.headers, authorization: `${scheme} ${signed}` } }
      report(signed)
      return { reply: { status: 500, headers: {}, body: Buffer.from(signed.message) } }
    }
  const routes = routesOf(contract)
  const proxy = await startProxy({
    target,
    hooks: {
      request: hook(({ method, path }) => routes.find(method, pathOf(path))?.operation),
      upgrade: hook(({ path }) => routes.channelAt(pathOf(path))?.operation),
    },
  })
  return { baseUrl: proxy.url, [Symbol.asyncDispose]: () => proxy.stop() }
}

const toSign = new RegExp(`^(\\S+) +${signWith}(.*)$`, 's')

function pathOf(pathWithQuery: string): string {
  return pathWithQuery.split('?', 1)[0] ?? ''
}

function carrierIn(operation: Operation | undefined): SignatureCarrier | undefined {
  return operation?.spec.auth?.carriers.find((carrier) => carrier.kind === 'signature')
}

/** What follows the scheme word, or why there is none. */
function signature(
  operation: Operation | undefined,
  secret: string,
  { method, path, body }: ProxiedRequest,
): string | ReplayProblem {
  const carrier = carrierIn(operation)
  if (!carrier) {
    const message = `The pact has ${method} ${pathOf(path)} signed, and the contract takes no signature there.`
    return { code: 'operation-undeclared', message, fix: 'Record the pact again.' }
  }
  try {
    return carrier.sign(secret, { method, path, body })
  } catch (error) {
    // What a library says of a key that it cannot read may repeat the key.
    const why = (error instanceof Error ? error.message : String(error)).replaceAll(secret || signWith, '…')
    const message = `Nothing can be signed with the value that a state provides: ${why}.`
    return { code: 'state-failed', message, fix: 'Let the state provide a key as the contract says.' }
  }
}
