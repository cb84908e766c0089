import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pactFileName, type Edge } from '#harness/contract/system.ts'

/** The folder of the project: the one above `harness/`, unless CONCORDAT_ROOT names another. */
export const projectRoot: string =
  process.env['CONCORDAT_ROOT'] ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where each thing of a system lies: the mirror rule of the layout. */
export const paths = {
  systems: () => join(projectRoot, 'contracts'),
  system: (system: string) => join(projectRoot, 'contracts', system, 'system.ts'),
  consumer: (system: string, component: string) => join(projectRoot, 'consumers', system, component),
  provider: (system: string, component: string) => join(projectRoot, 'providers', system, component),
  compose: (system: string) => join(projectRoot, 'compose', system),
  providerStates: (system: string, component: string) => join(projectRoot, 'providers', system, component, 'states.ts'),
  mock: (system: string, component: string) => join(projectRoot, 'mocks', system, `${component}.mock.ts`),
  scenarios: (system: string) => join(projectRoot, 'scenarios', system),
  pacts: (system: string) => join(projectRoot, 'pacts', system),
  pact: (system: string, edge: Edge) => join(projectRoot, 'pacts', system, pactFileName(edge)),
  /** Files of runs, not committed. */
  scratch: () => join(projectRoot, '.concordat'),
} as const
