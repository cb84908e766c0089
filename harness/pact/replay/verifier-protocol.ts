import type { PactFile } from '../file/pact-file.ts'

/** What one run of the Pact Verifier is asked. */
export type VerifyRequest = Readonly<{ pact: PactFile; baseUrl: string; timeoutMs: number; states: readonly string[] }>

/** What the Verifier asks back while it runs. */
export type Callback =
  | Readonly<{ ask: 'begin' }>
  | Readonly<{ ask: 'state'; name: string; params: Readonly<Record<string, unknown>> }>
  | Readonly<{ ask: 'message'; description: string }>

export type ToVerifier =
  | Readonly<{ kind: 'verify'; request: VerifyRequest }>
  | Readonly<{ kind: 'answer'; call: number; value: unknown }>
  | Readonly<{ kind: 'failure'; call: number; message: string }>

export type FromVerifier =
  | Readonly<{ kind: 'ready' }>
  | Readonly<{ kind: 'callback'; call: number; callback: Callback }>
  | Readonly<{ kind: 'verified'; result: VerifierResult }>
  | Readonly<{ kind: 'crashed'; message: string }>

/** What the Verifier found, as pact-core 20 reports it. */
export type VerifierResult = Readonly<{ interactionResults: readonly InteractionResult[] }>

export type InteractionResult = Readonly<{
  description: string
  result: string
  mismatch?: Readonly<{ type: string; message?: string; mismatches?: readonly Mismatch[] }>
}>

export type Mismatch = Readonly<{
  type: string
  path?: string
  key?: string
  mismatch?: string
  expected?: unknown
  actual?: unknown
}>
