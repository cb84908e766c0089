import type { Answers } from './chat/answers.ts'
import type { ConversationListCache } from './repositories/conversation-list-cache.ts'
import type { Checks } from '#harness/live-kit/check-health.ts'
import type { Logs } from './observability/log.ts'
import type { Metrics } from './observability/metrics.ts'
import type { LanguageModel } from './model/language-model.ts'
import type { Presence } from './chat/presence.ts'
import type { Accounts } from './repositories/accounts.ts'
import type { Conversations } from './repositories/conversations.ts'
import type { Files } from './repositories/files.ts'
import type { Messages } from './repositories/messages.ts'
import type { SessionWatch } from './sessions/session-watch.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { SignInLimit } from './sessions/sign-in-limit.ts'
import type { Storage } from './stores/storage.ts'

/** What the handlers work with. */
export type Parts = Readonly<{
  accounts: Accounts
  conversations: Conversations
  messages: Messages
  files: Files
  conversationList: ConversationListCache
  sessions: Sessions
  sessionWatch: SessionWatch
  signInLimit: SignInLimit
  answers: Answers
  presence: Presence
  storage: Storage
  model: LanguageModel
  checks: Checks<'database' | 'cache' | 'storage'>
  logs: Logs
  metrics: Metrics
  /** Cookies go over HTTPS only. */
  secureCookies: boolean
}>
