import { servedComponents, type System } from '#harness/contract/system.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { paths } from '#harness/project/paths.ts'
import type { BundledMock } from '#harness/spec/msw/bundle.ts'
import { mswFiles } from '#harness/spec/msw/files.ts'
import type { Exporter } from './exporter.ts'

/** `concordat export msw`: the mocks of a system as scripts for projects outside of this one. They are not committed. */
export const msw: Exporter = {
  folder: (system) => `.concordat/msw/${system}`,
  files: async (system) => mswFiles(system, await mocksOf(system)),
}

async function mocksOf(system: System): Promise<readonly BundledMock[]> {
  const named = servedComponents(system).map(async (component) => {
    // What is missing is told here, and not by the bundler.
    await loadMock(system.name, component)
    const { pacts, environment } = await mockOptions(system, component)
    const origin = `http://localhost:${system.components[component]?.port}`
    return { component, file: paths.mock(system.name, component), origin, options: { pacts, environment } }
  })
  return Promise.all(named)
}
