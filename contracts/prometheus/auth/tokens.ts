import { decodeProtectedHeader } from 'jose/decode/protected_header'
import { JOSEError, JWTExpired } from 'jose/errors'
import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import type { z } from 'zod'
import type { CallerRole } from '../shapes.ts'

/** For how long a token is good, in seconds. */
export const tokenLifetimeSeconds = 300

type Role = z.output<typeof CallerRole>

/** A key for HS256 (RFC 7518 §3.2), under the id that tokens name it by. */
export type TokenKey = Readonly<{ id: string; secret: Uint8Array }>

/** Who a token belongs to. */
export type Caller = Readonly<{ name: string; role: Role }>

/**
 * Reads keys from `id=secret,id=secret`: the first signs, all verify, so that a key is rotated by putting the new one first
 * and taking the old one out once its last token is over.
 * @throws TypeError where an entry is malformed, an id comes twice or a secret has less than 32 bytes; secrets are not repeated.
 */
export function readTokenKeys(text: string): readonly TokenKey[] {
  const keys = text.split(',').map((entry) => {
    const [, id = '', secret = ''] = /^([A-Za-z0-9_-]+)=(.+)$/.exec(entry.trim()) ?? []
    const bytes = new TextEncoder().encode(secret)
    if (id === '' || bytes.length < 32)
      throw new TypeError('keys have to be id=secret, parted by commas, each secret of 32 bytes at least.')
    return { id, secret: bytes }
  })
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new TypeError('a key id comes twice.')
  return keys
}

export type TokenRequest = Readonly<{
  caller: Caller
  /** The name of the contract that is called. */
  audience: string
  nowSeconds?: number
  lifetimeSeconds?: number
}>

/** Makes a token (RFC 7519) with the first key: `sub` is the caller, `role` what it may do, `aud` whom it may call. */
export async function issueToken(
  keys: readonly TokenKey[],
  { caller, audience, nowSeconds = Date.now() / 1000, lifetimeSeconds = tokenLifetimeSeconds }: TokenRequest,
): Promise<string> {
  const [key] = keys
  if (!key) throw new TypeError('there is no key to sign with.')
  const issuedAt = Math.floor(nowSeconds)
  return new SignJWT({ role: caller.role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: key.id })
    .setSubject(caller.name)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key.secret)
}

/** Why a token is refused: the code of the error. */
export type TokenProblem = 'token_malformed' | 'token_expired' | 'token_invalid'

/** Three parts in base64url without padding (RFC 7515 §7.1); an unsigned one has nothing in the last. */
const tokenShape = /^[\w-]+\.[\w-]+\.[\w-]*$/

/** Verifies a token: its algorithm is HS256 and no other, its key is known, it is for this audience and still good. */
export async function verifyToken(
  keys: readonly TokenKey[],
  token: string,
  { audience, nowSeconds = Date.now() / 1000 }: { audience: string; nowSeconds?: number },
): Promise<Caller | TokenProblem> {
  if (!tokenShape.test(token)) return 'token_malformed'
  try {
    const { kid } = decodeProtectedHeader(token)
    const key = keys.find(({ id }) => id === kid)
    if (!key) return 'token_invalid'
    const { payload } = await jwtVerify(token, key.secret, {
      algorithms: ['HS256'],
      audience,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(nowSeconds * 1000),
    })
    const role = roles.find((known) => known === payload['role'])
    // Nothing but a text is a name, whatever the type says of a claim that anybody may have written.
    const name: unknown = payload.sub
    return role && typeof name === 'string' && name !== '' ? { name, role } : 'token_invalid'
  } catch (error) {
    if (error instanceof JWTExpired) return 'token_expired'
    return error instanceof JOSEError ? 'token_invalid' : 'token_malformed'
  }
}

const roles: readonly Role[] = ['owner', 'node', 'container']
