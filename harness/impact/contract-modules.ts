import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { System } from '#harness/contract/system.ts'
import { paths } from '#harness/project/paths.ts'

/**
 * Which modules of a system's contracts export the contract of which component: `contracts/shop/stock.ts` by `stock`.
 * A component whose contract no module beside `system.ts` exports is not there.
 */
export async function contractModules(system: System): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = join(paths.systems(), system.name)
  const files = (await readdir(folder)).filter((file) => /^[\w-]+\.ts$/.test(file) && file !== 'system.ts').toSorted()
  const modules = await Promise.all(
    files.map(async (file) => {
      const exported = (await import(pathToFileURL(join(folder, file)).href)) as Readonly<Record<string, unknown>>
      return { file: `contracts/${system.name}/${file}`, values: Object.values(exported) }
    }),
  )
  return new Map(
    Object.entries(system.components).flatMap(([component, { contract }]) => {
      const own = contract ? modules.filter(({ values }) => values.includes(contract)) : []
      return own.length > 0 ? [[component, own.map(({ file }) => file)] as const] : []
    }),
  )
}
