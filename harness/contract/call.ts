import type { BodyInput } from './content.ts'
import type { Operation } from './operation.ts'
import type { Fields, FieldsInput } from './schema.ts'

type Empty = Record<never, never>

type Part<K extends string, F> = F extends Fields
  ? Empty extends FieldsInput<F>
    ? { readonly [N in K]?: FieldsInput<F> }
    : { readonly [N in K]: FieldsInput<F> }
  : Empty

type BodyPart<S> = S extends { readonly body: infer B } ? { readonly body: BodyInput<B> } : Empty
type Of<S, K extends string> = S extends { readonly [N in K]: infer F } ? F : undefined

type Simplify<T> = { [K in keyof T]: T[K] }

/** What a caller gives to call an operation: path parameters, query, headers and body, each as the contract says. */
export type CallInput<Op extends Operation> = Simplify<
  Part<'params', Of<Op['spec'], 'params'>> &
    Part<'query', Of<Op['spec'], 'query'>> &
    Part<'headers', Of<Op['spec'], 'headers'>> &
    BodyPart<Op['spec']>
>

/** The untyped form of a call's input, as the engine handles it. */
export type AnyCallInput = {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** An example of a call, as a consumer records it. */
export type Call<Op extends Operation = Operation> = Readonly<{
  kind: 'call'
  contract: string
  name: string
  operation: Op
  input: AnyCallInput
}>

/** Arguments of a function that takes a call's input first: optional where everything in it is. */
export type CallArguments<Op extends Operation, Rest extends readonly unknown[] = []> =
  Empty extends CallInput<Op> ? [input?: CallInput<Op>, ...rest: Rest] : [input: CallInput<Op>, ...rest: Rest]
