import type { AnyContract } from '#harness/contract/contract.ts'
import type { System } from '#harness/contract/system.ts'
import { loadSystem, systemNames } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'

/** A component that others have contracts with. */
export type Found = Readonly<{ system: System; component: string; contract: AnyContract }>

/**
 * Finds a component by `<system>/<component>`.
 * @throws UsageError, with the nearest name, where there is none or it promises nothing.
 */
export async function findComponent(text: string): Promise<Found> {
  const [systemName = '', component = '', ...rest] = text.split('/')
  if (component === '' || rest.length > 0)
    throw new UsageError(`"${text}" names no component. Write <system>/<component>, as in workbench/backend.`)
  const names = await systemNames()
  if (!names.includes(systemName))
    throw new UsageError(
      `there is no system "${systemName}".${didYouMean(systemName, names)} Name one of ${names.join(', ')}.`,
    )
  const system = await loadSystem(systemName)
  const contract = system.components[component]?.contract
  if (contract) return { system, component, contract }
  const promising = Object.keys(system.components).filter((name) => system.components[name]?.contract)
  const what = system.components[component]
    ? `${text} has no contract to keep.`
    : `${systemName} has no component "${component}".`
  throw new UsageError(`${what}${didYouMean(component, promising)} Name one of ${promising.join(', ')}.`)
}
