import type { PlacedRule } from '../record/matching-rules.ts'

/** What Pact is told to expect and to write: plain data, in Pact's integration format where a value has a matcher. */
export type Expectation = HttpExpectation | MessageExpectation

type Common = Readonly<{
  consumer: string
  provider: string
  description: string
  states: readonly Readonly<{ name: string; params: Readonly<Record<string, unknown>> }>[]
  /** The consumer test that records it, relative to the project. */
  testFile: string
  /** The folder that the pact is written to; nothing else writes there. */
  folder: string
}>

export type HttpExpectation = Common &
  Readonly<{
    kind: 'http'
    request: Part & Readonly<{ method: string; path: string; query: Readonly<Record<string, readonly string[]>> }>
    response: Part & Readonly<{ status: number }>
  }>

export type MessageExpectation = Common &
  Readonly<{ kind: 'message'; request: unknown; response: readonly unknown[]; rules: readonly PlacedRule[] }>

export type Part = Readonly<{ headers: Readonly<Record<string, unknown>>; body: ExpectedBody }>

export type ExpectedBody =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'json'; value: unknown; rules: readonly PlacedRule[] }>
  | Readonly<{ kind: 'bytes'; mediaType: string; base64: string; rules: readonly PlacedRule[] }>
