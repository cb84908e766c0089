import { entriesTo } from '#harness/contract/system.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Found } from './find-component.ts'

/**
 * Makes sure that an entry passes requests on to a component.
 * @throws UsageError, with the entries that do.
 */
export function checkEntry({ system, component }: Found, via: string | undefined): void {
  const entries = entriesTo(system, component)
  if (via === undefined || entries.includes(via)) return
  const what = `--via names "${via}", which is no entry that passes requests on to ${system.name}/${component}.`
  if (entries.length === 0) throw new UsageError(`${what} There is none: leave it out.`)
  throw new UsageError(`${what}${didYouMean(via, entries)} Name ${entries.join(' or ')}.`)
}
