import type { Memory } from '../memory.ts'
import { spoken } from '../model.ts'
import { answering } from './answering.ts'

type Planned = Readonly<{ conversation: string; message: string; tokens: readonly string[] }>

/**
 * Answers in a conversation with these tokens, as if somebody had asked elsewhere, as soon as it is looked at: until the
 * memory is forgotten.
 * @throws Error where there is no such conversation.
 */
export function answerUnderWay(memory: Memory, planned: Planned): void {
  const { conversation } = planned
  if (!memory.conversations.exists(conversation))
    throw new Error(`conversation ${conversation} cannot be answered in: there is none. Set it up first.`)
  const stopListening = memory.presence.listen(conversation, (viewers) => {
    if (viewers === 0) return
    stopListening()
    if (!memory.forgotten.aborted) void give(memory, planned)
  })
}

async function give(memory: Memory, { conversation, message, tokens }: Planned): Promise<void> {
  const { answers, forgotten, messages } = memory
  const means = {
    messages,
    answers: { ...answers, begin: (id: string) => answers.begin(id, message) },
    model: { ...memory.model, answer: (_question: string, signal: AbortSignal) => spoken(tokens, signal) },
  }
  const asked = { conversation_id: conversation, message: '', session: { ended: forgotten }, signal: forgotten }
  await Array.fromAsync(answering(means, asked))
}
