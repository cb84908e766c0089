import { createWorkerApi } from '#consumers/prometheus/node-worker/api.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { workerName } from '#contracts/prometheus/node.ts'
import { exampleNode, type ExampleNode } from '../../shared/testing/example-node.ts'
import { openWorker } from '../worker.ts'

/** A worker that a test starts, between a coordinator and a container that it commands. */
export function exampleWorker(): Promise<ExampleNode> {
  return exampleNode({
    audience: workerName,
    privateKey: developmentKeys.worker.privateKey,
    open: (options, tools) => openWorker(createWorkerApi(options), tools),
  })
}
