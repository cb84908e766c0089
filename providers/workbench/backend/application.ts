import { backend } from '#contracts/workbench/backend.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { serve } from '#harness/serve/serve.ts'
import type { Served, Service } from '#harness/serve/service.ts'
import { answerEventsIn } from './chat/answer-events.ts'
import { makeAnswers } from './chat/answers.ts'
import { makeConversationListCache } from './repositories/conversation-list-cache.ts'
import { withDeadline } from '#harness/live-kit/deadline.ts'
import { authHandlers } from './handlers/auth.ts'
import { chatHandlers } from './handlers/chat.ts'
import { conversationHandlers } from './handlers/conversations.ts'
import { fileHandlers } from './handlers/files.ts'
import { liveChannelHandler } from './handlers/live-channel.ts'
import { operationalHandlers } from './handlers/operational.ts'
import type { Logs } from './observability/log.ts'
import { makeMetrics, type Metrics } from './observability/metrics.ts'
import { builtInModel } from './model/built-in.ts'
import type { LanguageModel } from './model/language-model.ts'
import { openAiModel } from './model/openai.ts'
import { scriptsIn } from './model/scripts.ts'
import type { Parts } from './parts.ts'
import { makePresence } from './chat/presence.ts'
import { accountsIn } from './repositories/accounts.ts'
import { conversationsIn } from './repositories/conversations.ts'
import { filesIn } from './repositories/files.ts'
import { messagesIn } from './repositories/messages.ts'
import { makeSessionWatch } from './sessions/session-watch.ts'
import { makeSessions, type Session } from './sessions/sessions.ts'
import type { Settings } from './settings.ts'
import { makeSignInLimit } from './sessions/sign-in-limit.ts'
import { openStores, type Stores } from './stores/stores.ts'
import { traced } from '#harness/live-kit/traced.ts'

/** The backend, ready to be put on a port. Disposing it lets streams end, for a second at most, and closes its stores. */
export type Application = AsyncDisposable & Readonly<{ service: Service }>

const farewellMs = 1_000

/** Puts the backend together over its stores. The schema has to be up to date. */
export async function openApplication(settings: Settings, logs: Logs): Promise<Application> {
  const metrics = makeMetrics()
  const stores = await openStores(settings, { logs, metrics })
  const parts = partsOver(stores, settings, { logs, metrics })
  const service = serve<typeof backend, Session>(backend, handlersOf(parts), {
    authenticate: ({ value }) => parts.sessions.find(value),
    allowedOrigins: settings.CORS_ORIGINS.split(',').map((origin) => origin.trim()),
    onServed: (served) => record(served, parts),
    onFinding: (finding) => logs.backend.error({ code: finding.code }, describeFinding(finding)),
  })
  return {
    service: traced(service),
    async [Symbol.asyncDispose]() {
      await withDeadline('the end of all streams', farewellMs, parts.sessionWatch.idle()).catch(() => undefined)
      parts.presence.close()
      await stores[Symbol.asyncDispose]()
    },
  }
}

type Tools = Readonly<{ logs: Logs; metrics: Metrics }>

function partsOver(stores: Stores, settings: Settings, { logs, metrics }: Tools): Parts {
  const { database, redis, pubSub, storage } = stores
  const sessions = makeSessions(redis, settings.JWT_SECRET, logs)
  return {
    accounts: accountsIn(database),
    conversations: conversationsIn(database),
    messages: messagesIn(database),
    files: filesIn(database),
    conversationList: makeConversationListCache(redis, { logs, metrics }),
    sessions,
    sessionWatch: makeSessionWatch(sessions),
    signInLimit: makeSignInLimit(redis),
    answers: makeAnswers(answerEventsIn(redis, pubSub)),
    presence: makePresence(redis, pubSub, logs),
    storage,
    model: modelOf(settings, stores),
    checks: { database: database.check, cache: () => checkCache(stores), storage: storage.check },
    logs,
    metrics,
    secureCookies: settings.ENVIRONMENT === 'production',
  }
}

async function checkCache({ redis, pubSub }: Stores): Promise<void> {
  await Promise.all([redis.ping(), pubSub.check()])
}

function modelOf({ MODEL_API_URL, MODEL_API_KEY }: Settings, { redis }: Stores): LanguageModel {
  return MODEL_API_URL ? openAiModel({ url: MODEL_API_URL, key: MODEL_API_KEY }) : builtInModel(scriptsIn(redis))
}

function handlersOf(parts: Parts) {
  return {
    ...authHandlers(parts),
    ...conversationHandlers(parts),
    ...chatHandlers(parts),
    ...liveChannelHandler(parts),
    ...fileHandlers(parts),
    ...operationalHandlers(parts),
  }
}

function record({ operation = 'none', method, path, status, milliseconds }: Served, { logs, metrics }: Parts): void {
  metrics.frontendRequests.inc({ operation, status })
  metrics.backendProcessing.observe({ operation }, milliseconds / 1000)
  logs.backend.info({ operation, method, path, status, milliseconds: Math.round(milliseconds) }, 'Request served')
}
