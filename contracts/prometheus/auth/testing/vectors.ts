import type { CredentialProblem } from '../refusals.ts'
import type { Caller } from '../tokens.ts'

type Named = Readonly<{ name: string }>
type SentRequest = Readonly<{ method: string; path: string; body: string }>

/** What `vectors.json` holds: bytes in hexadecimal, bodies in base64, times in seconds since 1970. */
export type Vectors = Readonly<{
  base58: readonly (Named & Readonly<{ bytes: string; text: string }>)[]
  ed25519: Readonly<{
    rfc8032: readonly (Named & Readonly<{ seed: string; public_key: string; message: string; signature: string }>)[]
    strictness: readonly (Named &
      Readonly<{ public_key: string; message: string; signature: string; holds: boolean }>)[]
  }>
  signing: readonly (Named &
    SentRequest &
    Readonly<{
      private_key: string
      public_key: string
      audience: string
      created: number
      nonce: string
      text: string
      signature: string
      header: string
    }>)[]
  verifying: readonly (Named &
    SentRequest &
    Readonly<{ credential: string; audience: string; now: number; code: CredentialProblem | null }>)[]
  issuing: readonly (Named &
    Readonly<{
      keys: string
      caller: Caller
      audience: string
      now: number
      lifetime: number
      header: Readonly<Record<string, unknown>>
      claims: Readonly<{ exp: number } & Record<string, unknown>>
    }>)[]
  token_keys: Readonly<{
    good: readonly (Named & Readonly<{ text: string; ids: readonly string[] }>)[]
    bad: readonly (Named & Readonly<{ text: string }>)[]
  }>
  tokens: readonly (Named &
    Readonly<{
      keys: string
      token: string
      audience: string
      now: number
      caller?: Caller
      code?: CredentialProblem
    }>)[]
}>
