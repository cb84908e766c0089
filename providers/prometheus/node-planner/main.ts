import { createPlannerApi } from '#consumers/prometheus/node-planner/api.ts'
import { runNode } from '../shared/run-node.ts'
import { openPlanner } from './planner.ts'
import { readSettings } from './settings.ts'

await runNode({
  name: 'node-planner',
  bindVariable: 'PLANNER_BIND',
  readSettings,
  open: (options, tools) => openPlanner(createPlannerApi(options), tools),
})
