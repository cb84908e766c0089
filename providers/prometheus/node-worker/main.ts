import { createWorkerApi } from '#consumers/prometheus/node-worker/api.ts'
import { runNode } from '../shared/run-node.ts'
import { readSettings } from './settings.ts'
import { openWorker } from './worker.ts'

await runNode({
  name: 'node-worker',
  bindVariable: 'WORKER_BIND',
  readSettings,
  open: (options, tools) => openWorker(createWorkerApi(options), tools),
})
