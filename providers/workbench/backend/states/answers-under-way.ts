import { setTimeout as pause } from 'node:timers/promises'
import { answering } from '../chat/answering.ts'
import type { Answers } from '../chat/answers.ts'
import type { LanguageModel } from '../model/language-model.ts'
import type { Logs } from '../observability/log.ts'
import type { ConversationListCache } from '../repositories/conversation-list-cache.ts'
import { conversationsIn, type Conversation } from '../repositories/conversations.ts'
import { messagesIn } from '../repositories/messages.ts'
import type { SessionWatch } from '../sessions/session-watch.ts'
import type { Session } from '../sessions/sessions.ts'
import type { Stores } from '../stores/stores.ts'
import { firstViewer } from './first-viewer.ts'
import type { Rows } from './rows.ts'

type Planned = Readonly<{ conversation: string; message: string; tokens: readonly string[] }>

/** Answers that begin when somebody looks on, given as another process of the backend gives them. */
export type AnswersUnderWay = Readonly<{
  /** Resolves when the answer waits for its first viewer. Throws where there is no such conversation. */
  plan: (answer: Planned) => Promise<void>
  /** Ends all answers, those that still wait too; afterwards nothing of them is stored or told any more. */
  endAll: () => Promise<void>
}>

type Means = Pick<Stores, 'database' | 'pubSub'> &
  Readonly<{ answers: Answers; conversationList: ConversationListCache; rows: Rows; logs: Logs }>

/** Makes the answers over the backend's own means. */
export function makeAnswersUnderWay(means: Means): AnswersUnderWay {
  let stop = new AbortController()
  let running: Promise<unknown>[] = []
  return {
    async plan(answer) {
      const { signal } = stop
      const asked = { ...(await placeOf(answer.conversation, means)), signal }
      const waiting = await firstViewer(means.pubSub, answer.conversation, signal)
      async function run(): Promise<void> {
        await waiting.over
        if (!signal.aborted) await Array.fromAsync(answering(partsFor(answer, means), asked))
      }
      running.push(run())
    },
    async endAll() {
      stop.abort()
      const ending = running
      stop = new AbortController()
      running = []
      await Promise.all(ending)
    },
  }
}

type Place = Readonly<{ conversation: Conversation; session: Session }>

/** The conversation, asked in by its owner. */
async function placeOf(id: string, { database, rows }: Means): Promise<Place> {
  const owner = await rows.ownerOf(id)
  const conversation = owner && (await conversationsIn(database).find(owner.id, id))
  if (!conversation) throw new Error(`conversation ${id} cannot be answered in: there is none. Set it up first.`)
  return { conversation, session: { id: 'of a state', account: owner, expiresAt: Infinity } }
}

/** Who asked in a state stays. */
const endless: SessionWatch = {
  idle: () => Promise.resolve(),
  watch: () => ({ ended: new AbortController().signal, [Symbol.dispose]: () => undefined }),
}

function partsFor(
  { message, tokens }: Planned,
  { answers, conversationList, database, logs }: Means,
): Parameters<typeof answering>[0] {
  return {
    answers: { ...answers, begin: (conversation) => answers.begin(conversation, message) },
    conversationList,
    logs,
    messages: messagesIn(database),
    model: saying(tokens),
    sessionWatch: endless,
  }
}

/** The pace of an answer. */
const tokenMs = 10

function saying(tokens: readonly string[]): LanguageModel {
  return {
    async *answer(_chat, signal) {
      for (const token of tokens) {
        await pause(tokenMs, undefined, { signal })
        yield token
      }
    },
  }
}
