import { allAtOnce } from '#harness/drift/all-at-once.ts'
import type { Drift, Harmless } from '#harness/drift/drift.ts'
import { container as coordinatorToContainer } from './coordinator/container.ts'
import {
  harmlessForContainers as fromCoordinatorToContainers,
  harmlessForNodes as fromCoordinatorToNodes,
  harmlessForOwners,
} from './coordinator/harmless.ts'
import { nodePlanner as coordinatorToPlanner } from './coordinator/node-planner.ts'
import { nodeWorker as coordinatorToWorker } from './coordinator/node-worker.ts'
import { owner } from './coordinator/owner.ts'
import { harmlessForNodes as fromContainerToNodes } from './container/harmless.ts'
import { nodePlanner as containerToPlanner } from './container/node-planner.ts'
import { nodeWorker as containerToWorker } from './container/node-worker.ts'
import { harmlessForContainers as fromNodesToContainers } from './node-harmless.ts'
import { container as plannerToContainer } from './node-planner/container.ts'
import { container as workerToContainer } from './node-worker/container.ts'

type Tried = Readonly<{ drifts: readonly Drift[]; harmless: readonly Harmless[] }>

/** Harmless changes go over one replay together: each alone would be a replay of everything. */
function edge(drifts: readonly Drift[], harmless: readonly Harmless[]): Tried {
  return { drifts, harmless: [allAtOnce(harmless)] }
}

/** What each component may do to those that call it, by provider and consumer. */
export const edges = {
  coordinator: {
    owner: edge(owner, harmlessForOwners),
    'node-planner': edge(coordinatorToPlanner, fromCoordinatorToNodes),
    'node-worker': edge(coordinatorToWorker, fromCoordinatorToNodes),
    container: edge(coordinatorToContainer, fromCoordinatorToContainers),
  },
  container: {
    'node-planner': edge(containerToPlanner, fromContainerToNodes),
    'node-worker': edge(containerToWorker, fromContainerToNodes),
  },
  'node-planner': { container: edge(plannerToContainer, fromNodesToContainers) },
  'node-worker': { container: edge(workerToContainer, fromNodesToContainers) },
} as const
