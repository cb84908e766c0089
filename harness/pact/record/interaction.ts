import type { Call } from '#harness/contract/call.ts'
import type { BodyOutput, ContentWithHeaders } from '#harness/contract/content.ts'
import type { Example, Exactly, Matching } from '#harness/contract/example.ts'
import type { HttpOperation, Operation, Replies, SseOperation, WsOperation } from '#harness/contract/operation.ts'
import type { StateUse } from '#harness/contract/state.ts'
import type { z } from 'zod'
import type { Survives } from './survival/survives.ts'

type RepliesOf<Op extends Operation> = Op['spec'] extends { readonly replies: infer R extends Replies }
  ? R
  : Record<never, never>

type HeaderExample = Readonly<Record<string, string | Exactly<string> | Matching>>

/** An example of a reply: the status, and of headers and body just what the consumer reads. */
export type ReplyExample<Op extends Operation> = {
  [S in keyof RepliesOf<Op> & number]: {
    readonly status: S
    readonly body?: Example<BodyOutput<RepliesOf<Op>[S]>>
    readonly headers?: RepliesOf<Op>[S] extends ContentWithHeaders<infer _B, infer H>
      ? { readonly [N in keyof H]?: string | Exactly<string> | Matching }
      : HeaderExample
  }
}[keyof RepliesOf<Op> & number]

/** An example of an event. Several of one name in a row mean "at least so many". */
export type EventExample<Op extends SseOperation> = {
  [E in keyof Op['spec']['events'] & string]: {
    readonly event: E
    readonly data: Example<z.output<Op['spec']['events'][E]>>
    readonly id?: string | Exactly<string>
  }
}[keyof Op['spec']['events'] & string]

/** One step of a conversation over a channel: the consumer sends, or it receives. */
export type StepExample<Op extends WsOperation> =
  | {
      [N in keyof Op['spec']['send'] & string]: { readonly send: N; readonly data: z.input<Op['spec']['send'][N]> }
    }[keyof Op['spec']['send'] & string]
  | {
      [N in keyof Op['spec']['receive'] & string]: {
        readonly receive: N
        readonly data: Example<z.output<Op['spec']['receive'][N]>>
      }
    }[keyof Op['spec']['receive'] & string]

/**
 * Which credential a call brings. `{ scheme }` is the real one of the first carrier in the Authorization header, under a
 * scheme word that the operation does not take: a provider that never looks at the word lets it pass.
 */
export type InteractionCredential = 'cookie' | 'bearer' | 'signature' | 'none' | Readonly<{ scheme: string }>

type Common<Op extends Operation> = {
  readonly given?: readonly StateUse[]
  readonly call: Call<Op>
  /** By default that of the contract's first carrier, where a state provides one. */
  readonly credential?: InteractionCredential
  /**
   * Faults that the consumer survives, one test each: by itself, a fault is one in spite of which the run passes; with
   * `outcome`, something else becomes of it. Nothing of it is in the pact.
   */
  readonly survives?: readonly Survives[]
}

export type HttpInteraction<Op extends HttpOperation> = Common<Op> & { readonly reply: ReplyExample<Op> }

export type SseInteraction<Op extends SseOperation> = Common<Op> &
  (
    | { readonly reply: ReplyExample<Op> }
    | {
        readonly events: readonly EventExample<Op>[]
        /** The events that the consumer got before its first connection broke; it resumes after the last one's id. */
        readonly resumesAfter?: readonly EventExample<Op>[]
        /** The consumer shows events as they come: a provider that holds them back breaks it. */
        readonly progressive?: boolean
      }
  )

export type WsInteraction<Op extends WsOperation> = Common<Op> &
  ({ readonly conversation: readonly StepExample<Op>[] } | { readonly refused: 401 | 403 })

/** One interaction of a consumer with an operation, by example. */
export type Interaction<Op extends Operation> = Op extends HttpOperation
  ? HttpInteraction<Op>
  : Op extends SseOperation
    ? SseInteraction<Op>
    : Op extends WsOperation
      ? WsInteraction<Op>
      : never

export type AnyEventExample = { readonly event: string; readonly data: unknown; readonly id?: unknown }

/** The untyped form of an interaction, as the engine handles it. */
export type AnyInteraction = {
  readonly given?: readonly StateUse[]
  readonly call: Call
  readonly credential?: InteractionCredential
  readonly survives?: readonly Survives[]
  readonly reply?: {
    readonly status: number
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, unknown>>
  }
  readonly events?: readonly AnyEventExample[]
  readonly resumesAfter?: readonly AnyEventExample[]
  readonly progressive?: boolean
  readonly conversation?: readonly (
    | { readonly send: string; readonly data: unknown }
    | { readonly receive: string; readonly data: unknown }
  )[]
  readonly refused?: number
}
