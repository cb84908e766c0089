import type { System } from '#harness/contract/system.ts'
import type { GeneratedFile } from '#harness/spec/generated-file.ts'
import type { SchemaNames } from '#harness/spec/schema-names.ts'

/** One kind of thing that a system's contracts can be exported to. */
export type Exporter = Readonly<{
  /** Where it goes unless somebody says otherwise, from the project's folder. */
  folder: (system: string) => string
  /** All files of it. The same contracts give the same files, each with its mark near the top. */
  files: (system: System, names: SchemaNames) => Promise<readonly GeneratedFile[]>
}>
