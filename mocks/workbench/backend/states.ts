import type { backend } from '#contracts/workbench/backend.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import { answerUnderWay } from './handlers/answer-under-way.ts'
import type { Memory } from './memory.ts'

/** The model of conversations for which a state names none. */
const defaultModel = 'gpt-4'

/** The states of the backend's contract, set up in memory. */
export function backendStates(memory: Memory): StateHandlers<StatesOf<typeof backend>> {
  const { accounts, answers, conversations, files, health, messages, model, sessions, signInLimit } = memory
  return {
    userExists: (account) => void accounts.put(account),
    signedIn: ({ email }) => ({ token: sessions.begin(accounts.ensure(email)).token }),
    sessionExpired({ email }) {
      const account = accounts.ensure(email)
      const { token } = sessions.begin(account)
      sessions.endAll(account.id)
      return { token }
    },
    signInLimitReached({ email }) {
      signInLimit.exhaust(email)
    },
    conversationExists({ owner, id, title, model: name = defaultModel }) {
      const account = accounts.ensure(owner)
      conversations.add(account.id, { id, title, model: name })
    },
    conversationsExist({ owner, titles }) {
      const account = accounts.ensure(owner)
      conversations.removeAllOf(account.id)
      for (const title of titles) conversations.add(account.id, { title, model: defaultModel })
    },
    messagesExist({ conversation, messages: wanted }) {
      messages.replaceAllOf(conversation, wanted)
    },
    modelAnswers({ text }) {
      model.follow({ kind: 'says', text })
    },
    modelFails({ afterTokens }) {
      model.follow({ kind: 'fails', afterTokens })
    },
    streamedAnswer({ conversation, message, tokens }) {
      const answer = answers.begin(conversation, message)
      for (const text of tokens) answer.token(text)
      answer.done()
    },
    answerUnderWay(answer) {
      answerUnderWay(memory, answer)
    },
    fileStored({ owner, id, name, mediaType, content }) {
      const bytes = new TextEncoder().encode(content)
      files.add(accounts.ensure(owner).id, { id, name, media_type: mediaType, content: bytes })
    },
    storeDown({ store }) {
      health.down(store)
    },
    allHealthy() {
      health.allUp()
    },
  }
}
