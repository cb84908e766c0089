import type { HostedMock } from '#harness/browser/vite/hosted-mock.ts'
import { servedComponents, type System } from '#harness/contract/system.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { paths } from '#harness/project/paths.ts'
import type { StateChoice } from '../up/choices.ts'
import { statesOf } from '../up/states.ts'

/**
 * The mocks of all components of a system, to run in a browser: there they are where people know them to be.
 * @throws UsageError where a component has none.
 */
export function hostedMocks(system: System, states: readonly StateChoice[]): Promise<readonly HostedMock[]> {
  return Promise.all(
    servedComponents(system).map(async (component) => {
      // A mock that cannot be loaded is told here, and not on the console of a browser.
      await loadMock(system.name, component)
      const { pacts, environment } = await mockOptions(system, component)
      return {
        component,
        file: paths.mock(system.name, component),
        origin: browserOrigin(system, component),
        options: { pacts, environment },
        states: statesOf(system, component, states),
      }
    }),
  )
}

/** Where a page takes a component to be. */
export function browserOrigin(system: System, component: string): string {
  return `http://localhost:${system.components[component]?.port}`
}
