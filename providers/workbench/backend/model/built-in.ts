import { setTimeout as pause } from 'node:timers/promises'
import { ModelError, type Chat, type LanguageModel } from './language-model.ts'
import type { Scripts } from './scripts.ts'

/** The pace of an answer. */
const tokenMs = 15

/**
 * A model that needs nothing: says back what it was told, word by word, unless a script tells it what to do.
 * @param scripts where it looks before each answer
 */
export function builtInModel(scripts: Pick<Scripts, 'next'>): LanguageModel {
  return {
    async *answer(chat, signal) {
      const script = (await scripts.next()) ?? { text: `You said: ${lastQuestion(chat)}` }
      if ('text' in script) return yield* spoken(wordsOf(script.text), signal)
      yield* spoken(
        Array.from({ length: script.failAfter }, (_, index) => `word${index + 1} `),
        signal,
      )
      throw new ModelError('the built-in model failed: its script says so')
    },
  }
}

async function* spoken(tokens: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
  for (const token of tokens) {
    await pause(tokenMs, undefined, { signal })
    yield token
  }
}

/** The words of a text, each with the white space around it: put together they are the text again. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/^\s*\S+\s*|\S+\s*/g) ?? (text === '' ? [] : [text])
}

function lastQuestion({ messages }: Chat): string {
  return messages.findLast((message) => message.role === 'user')?.content ?? ''
}
