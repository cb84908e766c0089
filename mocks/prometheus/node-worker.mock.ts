import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import { worker } from '#contracts/prometheus/node.ts'
import { mock as defineMock, type Mock } from '#harness/mock/mock.ts'
import { workerHandlers } from './node-worker/handlers.ts'
import { makeWorkerMemory, type WorkerMemory } from './node-worker/memory.ts'
import { working } from './node-worker/working.ts'
import { nodeStates } from './shared/node/states.ts'

/** The stand-in for the worker: it does todos with its container, and keeps nothing on disk. */
export const mock: Mock = defineMock<typeof worker, WorkerMemory, Caller>(worker, {
  memory: makeWorkerMemory,
  handlers: workerHandlers,
  states: (memory) => ({
    ...nodeStates(memory),
    pullRequestReported({ task_id, pull_request_url }) {
      memory.tasks.await(task_id)
      memory.tasks.report(task_id, { kind: 'product', product: pull_request_url })
    },
  }),
  authenticate: ({ callers }, credential) => callers.authenticate(credential),
  background: working,
})
