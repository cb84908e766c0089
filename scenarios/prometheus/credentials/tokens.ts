import { issueToken, readTokenKeys, tokenLifetimeSeconds, type Caller } from '#contracts/prometheus/auth/tokens.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { Answer } from './requests.ts'

type Role = Caller['role']

/** What a component takes tokens for: its own name, and who may call. */
export type Door = Readonly<{ audience: string; role: Role }>

export type RefusedToken = Readonly<{ what: string; authorization: string; answer: Answer }>

const keys = readTokenKeys(developmentKeys.tokenKeys)
const roles: readonly Role[] = ['owner', 'node', 'container']

/** The header with a token that is good at a door. */
export async function goodToken(door: Door): Promise<string> {
  return `Bearer ${await tokenFor(door)}`
}

/** Headers that are not good at a door; an empty one stands for none. */
export async function refusedTokens(door: Door): Promise<readonly RefusedToken[]> {
  const others = roles.filter((role) => role !== door.role)
  const tokens = await Promise.all(others.map((role) => tokenFor({ ...door, role })))
  return [
    ...all([401, 'unauthorized'], await notBearer(door)),
    ...all([401, 'token_malformed'], { 'no token at all': 'Bearer none' }),
    ...all([401, 'token_expired'], {
      over: `Bearer ${await tokenFor(door, { nowSeconds: Date.now() / 1000 - tokenLifetimeSeconds - 1 })}`,
    }),
    ...all([401, 'token_invalid'], await notSigned(door)),
    ...all(
      [403, 'forbidden'],
      Object.fromEntries(others.map((role, index) => [`of the role ${role}`, `Bearer ${tokens[index]}`])),
    ),
  ]
}

type Headers = Readonly<Record<string, string>>

function all(answer: Answer, headers: Headers): readonly RefusedToken[] {
  return Object.entries(headers).map(([what, authorization]) => ({ what, authorization, answer }))
}

async function notBearer(door: Door): Promise<Headers> {
  const token = await tokenFor(door)
  return {
    'without a token': '',
    'under the word Signature': `Signature ${token}`,
    'under the word Basic': `Basic ${token}`,
    'without a scheme word': token,
  }
}

async function notSigned(door: Door): Promise<Headers> {
  const [header = '', claims = '', signature = ''] = (await tokenFor(door)).split('.')
  const secret = new TextEncoder().encode('somebody-elses-secret-that-is-long-enough')
  const id = keys[0]?.id ?? ''
  const saying = (alg: string): string => encoded({ alg, typ: 'JWT', kid: id })
  return {
    'for another component': `Bearer ${await tokenFor({ ...door, audience: 'prometheus-elsewhere' })}`,
    unsigned: `Bearer ${saying('none')}.${claims}.`,
    'said to be unsigned': `Bearer ${saying('none')}.${claims}.${signature}`,
    'said to be of another algorithm': `Bearer ${saying('HS512')}.${claims}.${signature}`,
    'with other claims': `Bearer ${header}.${encoded({ ...decoded(claims), sub: 'mallory' })}.${signature}`,
    'signed by somebody else': `Bearer ${await tokenFor(door, { signing: [{ id, secret }] })}`,
    'signed with a key that nobody knows': `Bearer ${await tokenFor(door, { signing: [{ id: 'other', secret }] })}`,
  }
}

function tokenFor(
  { audience, role }: Door,
  { signing = keys, nowSeconds = Date.now() / 1000 }: { signing?: typeof keys; nowSeconds?: number } = {},
): Promise<string> {
  return issueToken(signing, { caller: { name: 'somebody', role }, audience, nowSeconds })
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decoded(text: string): object {
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as object
}
