import { driftSuite } from '#harness/drift/drift-suite.ts'
import { edges } from './drifts/edges.ts'

await driftSuite({ system: 'prometheus', provider: 'coordinator', on: 'live', edges: edges.coordinator })
