import { pause } from './pause.ts'

/** What the model does in place of its usual answer: says a text, or fails after some tokens. */
type Script = Readonly<{ kind: 'says'; text: string }> | Readonly<{ kind: 'fails'; afterTokens: number }>

/** The language model: says back what it was told, word by word, unless a script tells it what to do. */
export type Model = Readonly<{
  /** The answer, word by word. It ends soon after the signal is aborted, and throws where a script makes it fail. */
  answer: (question: string, signal: AbortSignal) => AsyncGenerator<string>
  /** What to do for all answers from now on. */
  follow: (script: Script) => void
}>

/** The pace of an answer. */
const tokenMs = 10

export function makeModel(): Model {
  let given: Script | undefined
  return {
    follow(script) {
      given = script
    },
    async *answer(question, signal) {
      const script = given ?? { kind: 'says', text: `You said: ${question}` }
      switch (script.kind) {
        case 'says':
          return yield* spoken(wordsOf(script.text), signal)
        case 'fails':
          yield* spoken(
            Array.from({ length: script.afterTokens }, (_, index) => `word${index + 1} `),
            signal,
          )
          throw new Error('the model failed: its script says so')
      }
    },
  }
}

/** Tokens at the pace of an answer. It ends soon after the signal is aborted. */
export async function* spoken(tokens: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
  for (const token of tokens) {
    await pause(tokenMs, signal)
    if (signal.aborted) return
    yield token
  }
}

/** The words of a text, each with the white space around it: put together they are the text again. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/^\s*\S+\s*|\S+\s*/g) ?? (text === '' ? [] : [text])
}
