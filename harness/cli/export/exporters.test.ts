import { join } from 'node:path'
import { projectRoot } from '#harness/project/paths.ts'
import { loadSystem, systemNames } from '#harness/project/systems.ts'
import { generatedMark } from '#harness/spec/generated-file.ts'
import { checkExport } from '#harness/spec/generated-folder.ts'
import { exporters, loadExporter } from './exporters.ts'
import { loadSchemaNames } from '#harness/spec/load-schema-names.ts'

const all = await Promise.all(
  Object.keys(exporters).map(async (what) => ({ what, folder: (await loadExporter(what)).folder('') })),
)
const committed = all.filter(({ folder }) => !folder.startsWith('.concordat/')).map(({ what }) => what)
const cases = (await systemNames()).flatMap((system) => committed.map((what) => [what, system] as const))

test.each(cases)('what is committed of %s for %s is what the contracts give', async (what, name) => {
  const exporter = await loadExporter(what)
  const system = await loadSystem(name)
  const files = await exporter.files(system, await loadSchemaNames(name))
  const folder = join(projectRoot, exporter.folder(name))
  const made = {
    folder,
    files,
    mark: generatedMark(what, name),
    command: `npm run concordat -- export ${what}`,
    system: name,
  }
  expect(await checkExport(made, projectRoot)).toEqual([])
})

test('an exporter that is not there is told with the nearest one', async () => {
  await expect(loadExporter('opneapi')).rejects.toThrow(
    'concordat export: "opneapi" cannot be exported. Did you mean "openapi"? There is compose, msw, openapi, python, reference.',
  )
  await expect(loadExporter('toString')).rejects.toThrow('"toString" cannot be exported')
})
