import type { FindingCode } from '#harness/contract/finding.ts'
import type { Hooks } from '#harness/stack/proxy/types.ts'

/** One deliberate deviation of a provider, put between a replay and its target. */
export type Drift = Readonly<{
  name: string
  /** The class of the drift catalogue that it is an example of: `C8`. */
  class: string
  /** The operation that deviates. The drift has to be found there. */
  operation: string
  /** The state in which it deviates, with these parameters at least; in every state where none is said. */
  given?: Readonly<{ state: string; params?: Readonly<Record<string, unknown>> }>
  hooks: Hooks
  /** Where it has to be found: a place in the request, reply or stream, as findings have it, and under which code. */
  expected: Readonly<{ path?: RegExp; code?: FindingCode }>
  /** Milliseconds that the replay waits; short for drifts that never answer. */
  timeoutMs?: number
}>

/** A change that breaks no consumer: a replay of everything has to stay green. */
export type Harmless = Readonly<{ name: string; hooks: Hooks }>
