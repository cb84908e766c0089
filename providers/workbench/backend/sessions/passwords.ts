import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** RFC 7914 parameters: 16 MiB of memory and some 30 ms per guess. They stand in each hash, so they may be raised later. */
const cost = { N: 2 ** 14, r: 8, p: 1 }
const keyBytes = 32

/** The hash of a password, with its salt and cost: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** Whether a password belongs to a hash, compared in constant time. No password belongs to a text that is no hash. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt = '', key = ''] = hash.split('$')
  if (scheme !== 'scrypt') return false
  const given = await derive(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) })
  const expected = Buffer.from(key, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function derive(password: string, salt: Buffer, options: typeof cost): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  // Typed the same in two ways, a password has to count as the same (NIST SP 800-63B §5.1.1.2).
  scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)))
  return promise
}
