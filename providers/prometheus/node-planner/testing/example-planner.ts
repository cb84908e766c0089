import { createPlannerApi } from '#consumers/prometheus/node-planner/api.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { plannerName } from '#contracts/prometheus/node.ts'
import { exampleNode, type ExampleNode } from '../../shared/testing/example-node.ts'
import { openPlanner } from '../planner.ts'

/** A planner that a test starts, between a coordinator and a container that it commands. */
export function examplePlanner(): Promise<ExampleNode> {
  return exampleNode({
    audience: plannerName,
    privateKey: developmentKeys.planner.privateKey,
    open: (options, tools) => openPlanner(createPlannerApi(options), tools),
  })
}
