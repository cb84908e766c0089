import { driftSuite } from '#harness/drift/drift-suite.ts'
import { drifts } from './drifts.ts'
import { harmless } from './harmless.ts'

await driftSuite({ system: 'workbench', provider: 'backend', on: 'live', edges: { frontend: { drifts, harmless } } })
