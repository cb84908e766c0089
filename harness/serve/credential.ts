import { readCredential, type Credential, type Security } from '#harness/contract/security.ts'
import { readBytes } from './read-request.ts'

/**
 * The credential that a request brings; a signature together with what it has to cover: the method, the path with its
 * query and the body as they came.
 * @throws Refusal with 413 where the body that a signature covers is larger than allowed.
 */
export async function credentialOf(
  security: Security,
  request: Request,
  maxBodyBytes: number,
): Promise<Credential | undefined> {
  const presented = readCredential(security, request.headers)
  if (presented?.carrier !== 'signature') return presented
  const { pathname, search } = new URL(request.url)
  // A copy, as the operation reads the body too.
  const body = await readBytes(request.clone(), maxBodyBytes)
  return { ...presented, request: { method: request.method, path: `${pathname}${search}`, body } }
}
