import type { z } from 'zod'
import type { Role } from '#contracts/workbench/shapes.ts'

/** A conversation so far, oldest message first, to be answered by one of the model's variants. */
export type Chat = Readonly<{
  model: string
  messages: readonly Readonly<{ role: z.infer<typeof Role>; content: string }>[]
}>

/** Something that answers. */
export type LanguageModel = Readonly<{
  /**
   * The answer, piece by piece, as it is made. It ends or throws soon after the signal is aborted.
   * Iterating throws a ModelError where the model fails.
   */
  answer: (chat: Chat, signal: AbortSignal) => AsyncIterable<string>
}>

/** Thrown where a language model fails. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}
