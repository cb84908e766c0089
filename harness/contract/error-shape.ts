import type { z } from 'zod'
import type { Schema } from './schema.ts'

/** Why a request is not served, before it is put into a contract's error shape. */
export type Failure = Readonly<{
  status: number
  code: string
  message: string
  details?: readonly FailureDetail[]
  requestId: string
}>

export type FailureDetail = Readonly<{ field: string; message: string }>

/** The one shape that all errors of a component have, also those of the framework (unknown route, malformed JSON, limits). */
export type ErrorShape<S extends Schema = Schema> = Readonly<{
  schema: S
  body: (failure: Failure) => z.input<S>
  /** The message for a person out of such a body; undefined where the body is something else. */
  read: (body: unknown) => { code: string; message: string } | undefined
}>

/** Declares an error shape: its schema, how a failure becomes such a body, and how a client reads it. */
export function errorShape<S extends Schema>(
  schema: S,
  options: { body: (failure: Failure) => z.input<S>; read: (body: z.output<S>) => { code: string; message: string } },
): ErrorShape<S> {
  return {
    schema,
    body: options.body,
    read(body) {
      const parsed = schema.safeParse(body)
      return parsed.success ? options.read(parsed.data) : undefined
    },
  }
}

/**
 * Thrown by a handler to answer in the contract's error shape.
 * The status has to be one that the operation declares.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly details: readonly FailureDetail[] | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    options: { message: string; details?: readonly FailureDetail[]; headers?: Readonly<Record<string, string>> },
  ) {
    super(options.message)
    this.status = status
    this.code = code
    this.details = options.details
    this.headers = options.headers ?? {}
  }
}
