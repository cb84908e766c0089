import { generatedMark } from '#harness/spec/generated-file.ts'
import { composeFiles } from '#harness/stack/compose/compose-files.ts'
import type { Exporter } from './exporter.ts'

/** `concordat export compose`: a system's live services as a Compose file, with its entry's configuration, and its mocks as another. */
export const compose: Exporter = {
  folder: (system) => `compose/${system}`,
  files: (system) =>
    Promise.resolve(
      composeFiles(system).map(({ path, text }) => ({
        path,
        text: `# ${generatedMark('compose', system.name)}\n${text}`,
      })),
    ),
}
