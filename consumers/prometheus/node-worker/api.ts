import { containerWithToken, signedCoordinator, type NodeOptions } from '#consumers/prometheus/shared/node-options.ts'
import { workerContainerOf, type WorkerContainer } from './container.ts'
import { workerCoordinatorOf, type WorkerCoordinator } from './coordinator.ts'

/** All that the worker asks of others. */
export type WorkerApi = Readonly<{ coordinator: WorkerCoordinator; container: WorkerContainer }>

/**
 * Makes the worker's clients. Every function throws what harness/client/errors.ts lists; `refusalOf` and `isOutOfReach`
 * (shared/refusal.ts) tell what can be done about it.
 */
export function createWorkerApi(options: NodeOptions): WorkerApi {
  return {
    coordinator: workerCoordinatorOf(signedCoordinator(options)),
    container: workerContainerOf(containerWithToken(options)),
  }
}
