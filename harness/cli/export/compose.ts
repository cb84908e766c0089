import { generatedMark } from '#harness/spec/generated-file.ts'
import { composeYaml } from '#harness/stack/compose/compose-file.ts'
import type { Exporter } from './exporter.ts'

/** `concordat export compose`: the live services of a system as a Compose file. */
export const compose: Exporter = {
  folder: (system) => `compose/${system}`,
  files: (system) =>
    Promise.resolve([
      { path: 'compose.yaml', text: `# ${generatedMark('compose', system.name)}\n${composeYaml(system)}` },
    ]),
}
