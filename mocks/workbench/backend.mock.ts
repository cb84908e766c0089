import { backend } from '#contracts/workbench/backend.ts'
import { mock as defineMock, type Mock } from '#harness/mock/mock.ts'
import { authHandlers } from './backend/handlers/auth.ts'
import type { BackendHandlers } from './backend/handlers/backend-handlers.ts'
import { chatHandlers } from './backend/handlers/chat.ts'
import { conversationHandlers } from './backend/handlers/conversations.ts'
import { fileHandlers } from './backend/handlers/files.ts'
import { liveChannelHandler } from './backend/handlers/live-channel.ts'
import { operationalHandlers } from './backend/handlers/operational.ts'
import { makeMemory, type Memory } from './backend/memory.ts'
import type { Session } from './backend/sessions.ts'
import { backendStates } from './backend/states.ts'

/** The stand-in for the backend of the workbench: all operations and states of its contract, no stores. */
export const mock: Mock = defineMock<typeof backend, Memory, Session>(backend, {
  memory: makeMemory,
  handlers: backendHandlers,
  states: backendStates,
  authenticate: ({ sessions }, { value }) => sessions.find(value),
  onServed({ metrics }, { operation = 'none', status, milliseconds }) {
    metrics.frontendRequests.increase({ operation, status })
    metrics.backendProcessing.observe({ operation }, milliseconds / 1000)
  },
})

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
