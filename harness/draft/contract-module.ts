import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyContract } from '#harness/contract/contract.ts'
import { paths } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'

/** How a contract is imported: `import { backend } from '#contracts/workbench/backend.ts'`. */
export type ContractModule = Readonly<{ specifier: string; exported: string }>

/**
 * Finds the module that exports a contract.
 * @throws UsageError where none in the folder of the system's contracts does.
 */
export async function findContractModule(system: string, contract: AnyContract): Promise<ContractModule> {
  const folder = join(paths.systems(), system)
  const files = (await readdir(folder)).filter((file) => /^[\w-]+\.ts$/.test(file) && !file.endsWith('.test.ts'))
  for (const file of files.toSorted()) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as Readonly<Record<string, unknown>>
    const [exported] = Object.entries(module).find(([, value]) => value === contract) ?? []
    if (exported !== undefined) return { specifier: `#contracts/${system}/${file}`, exported }
  }
  throw new UsageError(`no module in contracts/${system}/ exports the contract ${contract.name}. Export it there.`)
}
