import type { BackendStates, SetUp } from './set-up.ts'

type Names = 'modelAnswers' | 'modelFails' | 'streamedAnswer' | 'answerUnderWay'

/** For how many messages to come the model's behaviour is laid out. */
const scriptedAnswers = 50

/** The states of the language model and its answers. */
export function answerStates({ answers, answersUnderWay, scripts }: SetUp): Pick<BackendStates, Names> {
  return {
    async modelAnswers({ text }) {
      await scripts.set(Array.from({ length: scriptedAnswers }, () => ({ text })))
      return undefined
    },
    async modelFails({ afterTokens }) {
      await scripts.set(Array.from({ length: scriptedAnswers }, () => ({ failAfter: afterTokens })))
      return undefined
    },
    async streamedAnswer({ conversation, message, tokens }) {
      const answer = await answers.begin(conversation, message)
      for (const token of tokens) await answer.token(token)
      await answer.done()
      return undefined
    },
    async answerUnderWay(answer) {
      await answersUnderWay.plan(answer)
      return undefined
    },
  }
}
