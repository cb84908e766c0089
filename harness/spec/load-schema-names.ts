import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { paths } from '#harness/project/paths.ts'
import { schemaNames, type SchemaNames } from './schema-names.ts'

/** The names that the modules of a system's contracts export their schemas under. */
export async function loadSchemaNames(system: string): Promise<SchemaNames> {
  const folder = join(paths.systems(), system)
  const files = (await readdir(folder)).filter((file) => /^[\w-]+\.ts$/.test(file)).toSorted()
  const modules = files.map(
    (file) => import(pathToFileURL(join(folder, file)).href) as Promise<Record<string, unknown>>,
  )
  return schemaNames(await Promise.all(modules))
}
