import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import { container } from '#contracts/prometheus/container.ts'
import { mock as defineMock, type Mock } from '#harness/mock/mock.ts'
import { containerHandlers } from './container/handlers.ts'
import { makeContainerMemory, type ContainerMemory } from './container/memory.ts'
import { reporting } from './container/reporting.ts'
import { containerStates } from './container/states.ts'

/** The stand-in for the container: the built-in agent does its tasks, and nothing is kept on disk. */
export const mock: Mock = defineMock<typeof container, ContainerMemory, Caller>(container, {
  memory: makeContainerMemory,
  handlers: containerHandlers,
  states: containerStates,
  authenticate: ({ callers }, credential) => callers.authenticate(credential),
  background: reporting,
})
