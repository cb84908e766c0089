import { backend } from '#contracts/workbench/backend.ts'
import { mock as defineMock, type Mock } from '#harness/mock/mock.ts'
import { counted } from './backend/counted.ts'
import { authHandlers } from './backend/handlers/auth.ts'
import type { BackendHandlers } from './backend/handlers/backend-handlers.ts'
import { chatHandlers } from './backend/handlers/chat.ts'
import { conversationHandlers } from './backend/handlers/conversations.ts'
import { fileHandlers } from './backend/handlers/files.ts'
import { liveChannelHandler } from './backend/handlers/live-channel.ts'
import { operationalHandlers } from './backend/handlers/operational.ts'
import { makeMemory, type Memory } from './backend/memory.ts'
import { makeMetrics, type Metrics } from './backend/metrics.ts'
import type { Session } from './backend/sessions.ts'
import { backendStates } from './backend/states.ts'

/** The stand-in for the backend of the workbench: all operations and states of its contract, no stores. */
export const mock: Mock = {
  contract: backend,
  start(options) {
    const metrics = makeMetrics()
    return counted(withMetrics(metrics), metrics).start(options)
  },
}

function withMetrics(metrics: Metrics): Mock {
  let last: Memory | undefined
  return defineMock<typeof backend, Memory, Session>(backend, {
    memory() {
      // What still runs over a forgotten memory has to end: nobody is signed in there any more.
      last?.[Symbol.dispose]()
      metrics.clear()
      last = makeMemory(metrics)
      return last
    },
    handlers: backendHandlers,
    states: backendStates,
    authenticate: ({ sessions }, { value }) => sessions.find(value),
  })
}

function backendHandlers(memory: Memory): BackendHandlers {
  return {
    ...authHandlers(memory),
    ...conversationHandlers(memory),
    ...chatHandlers(memory),
    ...liveChannelHandler(memory),
    ...fileHandlers(memory),
    ...operationalHandlers(memory),
  }
}
