import { makeAccounts, type Accounts } from './accounts.ts'
import { makeAnswers, type Answers } from './answers.ts'
import { makeClock } from './clock.ts'
import { makeConversations, type Conversations } from './conversations.ts'
import { makeFiles, type Files } from './files.ts'
import { makeHealth, type Health } from './health.ts'
import { makeMessages, type Messages } from './messages.ts'
import { makeMetrics, type Metrics } from './metrics.ts'
import { makeModel, type Model } from './model.ts'
import { makePresence, type Presence } from './presence.ts'
import { makeSessions, type Sessions } from './sessions.ts'
import { makeSignInLimit, type SignInLimit } from './sign-in-limit.ts'

/**
 * What the stand-in knows: everything that a live backend has in its stores. Disposing it ends all sessions, and what
 * goes on without one.
 */
export type Memory = Disposable &
  Readonly<{
    accounts: Accounts
    answers: Answers
    conversations: Conversations
    files: Files
    /** Aborted when the memory is disposed of. */
    forgotten: AbortSignal
    health: Health
    messages: Messages
    metrics: Metrics
    model: Model
    presence: Presence
    sessions: Sessions
    signInLimit: SignInLimit
  }>

/** Makes a memory that knows nothing yet. */
export function makeMemory(): Memory {
  const metrics = makeMetrics()
  const now = makeClock()
  const conversations = makeConversations(now, metrics)
  const sessions = makeSessions()
  const forgetting = new AbortController()
  return {
    accounts: makeAccounts(metrics),
    answers: makeAnswers(),
    conversations,
    files: makeFiles(now, metrics),
    forgotten: forgetting.signal,
    health: makeHealth(),
    messages: makeMessages({ now, conversations, metrics }),
    metrics,
    model: makeModel(),
    presence: makePresence(),
    sessions,
    signInLimit: makeSignInLimit(),
    [Symbol.dispose]() {
      sessions.endAll()
      forgetting.abort()
    },
  }
}
