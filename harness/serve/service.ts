import type { AnyContract, Operations } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { AnyServerChannel, Socket } from './channel.ts'
import type { Handlers } from './handlers.ts'

/** What happened to one request, for logs and metrics. An upgrade to a channel has status 101. */
export type Served = Readonly<{
  operation: string | undefined
  method: string
  path: string
  status: number
  milliseconds: number
  requestId: string
}>

export type ServiceOptions<Principal> = Readonly<{
  /** Who a credential belongs to; undefined refuses it with 401, a Refusal thrown says why. */
  authenticate?: (credential: Credential) => Principal | undefined | Promise<Principal | undefined>
  /** Origins whose pages may call, where the contract has a CORS policy. */
  allowedOrigins?: readonly string[]
  onServed?: (served: Served) => void
  onFinding?: (finding: Finding) => void
}>

/** An answer to a WebSocket upgrade. */
export type Upgrade =
  | Readonly<{ kind: 'refused'; response: Response }>
  | Readonly<{ kind: 'accepted'; subprotocol: string | undefined; open: (socket: Socket) => void }>

/** A component that answers: hosts (a port, MSW, a test) only carry requests to it. */
export type Service = Readonly<{
  contract: AnyContract
  fetch: (request: Request) => Promise<Response>
  upgrade: (request: Request) => Promise<Upgrade>
}>

/** The untyped form of handlers, as the engine calls them. */
export type AnyHandlers = Readonly<Record<string, AnyHandler>>

export type AnyHandlerInput = Readonly<{
  params: unknown
  query: unknown
  headers: unknown
  body: unknown
  principal: unknown
  requestId: string
  signal: AbortSignal
  request: Request
  lastEventId?: string | undefined
}>

export type AnyHandler = (first: AnyHandlerInput | AnyServerChannel, second?: AnyHandlerInput) => unknown

/** Handlers without their types: sound because `serve` calls each with what its own operation declares. */
export function untyped<Ops extends Operations, Principal>(handlers: Partial<Handlers<Ops, Principal>>): AnyHandlers {
  return handlers as unknown as AnyHandlers
}
