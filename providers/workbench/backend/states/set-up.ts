import type { backend } from '#contracts/workbench/backend.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import { answerEventsIn } from '../chat/answer-events.ts'
import { makeAnswers, type Answers } from '../chat/answers.ts'
import { scriptsIn, type Scripts } from '../model/scripts.ts'
import type { Logs } from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'
import { accountsIn, type Account, type Accounts } from '../repositories/accounts.ts'
import { makeConversationListCache, type ConversationListCache } from '../repositories/conversation-list-cache.ts'
import { makeSessions, type Sessions } from '../sessions/sessions.ts'
import { makeSignInLimit, type SignInLimit } from '../sessions/sign-in-limit.ts'
import type { Settings } from '../settings.ts'
import type { Storage } from '../stores/storage.ts'
import type { Stores } from '../stores/stores.ts'
import { makeAnswersUnderWay, type AnswersUnderWay } from './answers-under-way.ts'
import { rowsIn, type Rows } from './rows.ts'

export type BackendStates = StateHandlers<StatesOf<typeof backend>>

/** What sets up states: the backend's own means, and rows as only states want them. */
export type SetUp = Readonly<{
  accounts: Accounts
  answers: Answers
  answersUnderWay: AnswersUnderWay
  conversationList: ConversationListCache
  rows: Rows
  scripts: Scripts
  sessions: Sessions
  signInLimit: SignInLimit
  storage: Storage
  /** The account of an address, made where there is none. */
  account: (email: string) => Promise<Account>
}>

/** The hash of an account that nobody signs in to by password: no password belongs to it. */
const noPassword = 'none'

/** Makes the means over the stores of a backend that runs with these settings. */
export function setUpOver(
  { database, redis, pubSub, storage }: Stores,
  settings: Settings,
  tools: Readonly<{ logs: Logs; metrics: Metrics }>,
): SetUp {
  const accounts = accountsIn(database)
  const answers = makeAnswers(answerEventsIn(redis, pubSub))
  const conversationList = makeConversationListCache(redis, tools)
  const rows = rowsIn(database)
  return {
    accounts,
    answers,
    answersUnderWay: makeAnswersUnderWay({ answers, conversationList, database, logs: tools.logs, pubSub, rows }),
    conversationList,
    rows,
    scripts: scriptsIn(redis),
    sessions: makeSessions(redis, settings.JWT_SECRET, tools.logs),
    signInLimit: makeSignInLimit(redis),
    storage,
    account: async (email) => (await accounts.byEmail(email)) ?? accounts.put({ email, passwordHash: noPassword }),
  }
}
