import type { Edge } from '#harness/contract/system.ts'
import type { SpecSchema } from '#harness/spec/spec-schema.ts'

/** The systems of a project as plain data: what their contracts mean, without the code that declares them. */
export type ProjectDescription = readonly SystemDescription[]

export type SystemDescription = Readonly<{
  name: string
  edges: readonly Edge[]
  /** Components with a contract. */
  components: Readonly<Record<string, ContractDescription>>
}>

export type ContractDescription = Readonly<{
  name: string
  operations: Readonly<Record<string, OperationDescription>>
  /** What each state takes. */
  states: Readonly<Record<string, SpecSchema>>
  /** The named schemas that the others refer to. */
  definitions: Readonly<Record<string, SpecSchema>>
}>

export type OperationDescription = Readonly<{
  kind: 'http' | 'sse' | 'ws'
  method: string
  path: string
  /** Ways to prove who one is, of which one is enough; undefined where everybody may call. */
  auth?: readonly string[]
  params: SpecSchema
  query: SpecSchema
  headers: SpecSchema
  /** By media type; undefined where it takes no body. */
  body?: Media
  replies: Readonly<Record<string, ReplyDescription>>
  /** What a stream carries, by event, in which order, and whether one may come back to it. */
  events?: Readonly<Record<string, SpecSchema>>
  order?: string
  resumes?: boolean
  /** What goes over a channel, by message. */
  send?: Readonly<Record<string, SpecSchema>>
  receive?: Readonly<Record<string, SpecSchema>>
}>

export type ReplyDescription = Readonly<{ headers: SpecSchema; body?: Media }>

export type Media = Readonly<Record<string, SpecSchema>>
