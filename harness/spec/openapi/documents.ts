import type { System } from '#harness/contract/system.ts'
import type { GeneratedFile } from '../generated-file.ts'
import { projectVersion } from '../project-version.ts'
import type { SchemaNames } from '../schema-names.ts'
import { openApiDocument, type OpenApiDocument } from './document.ts'

/** The documents of all components of a system that have a contract, by component. */
export async function openApiDocuments(
  system: System,
  names: SchemaNames,
): Promise<ReadonlyMap<string, OpenApiDocument>> {
  const version = await projectVersion()
  const documents = Object.entries(system.components).flatMap(([component, { contract }]) =>
    contract ? [[component, openApiDocument({ system, component, contract, names, version })] as const] : [],
  )
  return new Map(documents)
}

/** The same as files: `<component>.openapi.json`. */
export async function openApiFiles(system: System, names: SchemaNames): Promise<readonly GeneratedFile[]> {
  return [...(await openApiDocuments(system, names))].map(([component, document]) => ({
    path: `${component}.openapi.json`,
    text: `${JSON.stringify(document, null, 2)}\n`,
  }))
}
