import { driftSuite } from '#harness/drift/drift-suite.ts'
import { edges } from './drifts/edges.ts'

for (const provider of ['container', 'node-planner', 'node-worker'] as const)
  await driftSuite({ system: 'prometheus', provider, on: 'live', edges: edges[provider] })
