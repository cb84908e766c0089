import { z } from 'zod'
import type { Fields, FieldsOutput } from './schema.ts'
import type { Schema } from './schema.ts'

/** A typed precondition: what must be so before an interaction, and what setting it up gives back. */
export type StateDefinition<P extends Schema = Schema, V extends Fields = Fields> = Readonly<{
  kind: 'state'
  params: P
  provides: V
}>

/** A bare object schema stands for a state that provides nothing. */
export type StateInput = Schema | StateDefinition

export type StateParams<S extends StateInput> =
  S extends StateDefinition<infer P> ? z.input<P> : S extends Schema ? z.input<S> : never

export type StateParamsOutput<S extends StateInput> =
  S extends StateDefinition<infer P> ? z.output<P> : S extends Schema ? z.output<S> : never

export type StateValues<S extends StateInput> = S extends StateDefinition<Schema, infer V> ? FieldsOutput<V> : undefined

/** One use of a state: its name and its parameters, as it is written into a pact. */
export type StateUse<N extends string = string> = Readonly<{ name: N; params: Readonly<Record<string, unknown>> }>

/** Declares a state. `provides` names the values that only the provider knows (a session token, a generated id). */
export function state<P extends Schema, const V extends Fields = Record<never, never>>(
  params: P,
  options: { provides?: V } = {},
): StateDefinition<P, V> {
  return { kind: 'state', params, provides: options.provides ?? ({} as V) }
}

/** The tagged form of a state. */
export function stateOf(input: StateInput): StateDefinition {
  return 'kind' in input ? input : state(input)
}

/** A state without parameters. */
export const noParams: z.ZodObject<Record<never, never>> = z.object({})

export type StateFactory<N extends string, S extends StateInput> =
  Record<never, never> extends StateParams<S>
    ? (params?: StateParams<S>) => StateUse<N>
    : (params: StateParams<S>) => StateUse<N>

/** What sets up states: one function per state, given its parameters, giving what the state provides. */
export type StateHandlers<States extends Readonly<Record<string, StateInput>>> = {
  readonly [N in keyof States]: (
    params: StateParamsOutput<States[N]>,
  ) => StateValues<States[N]> | Promise<StateValues<States[N]>>
}
