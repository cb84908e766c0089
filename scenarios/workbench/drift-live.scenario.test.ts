import { driftSuite } from '#harness/drift/drift-suite.ts'
import { drifts } from './drifts.ts'
import { harmless } from './harmless.ts'

await driftSuite({
  system: 'workbench',
  edge: { consumer: 'frontend', provider: 'backend' },
  on: 'live',
  drifts,
  harmless,
})
