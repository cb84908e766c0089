import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { App } from '#harness/browser/app.ts'
import type { StateUse } from '#harness/contract/state.ts'
import type { StateChoice } from '../up/choices.ts'

/** The states that the pages of an app are developed in: `firstStates` of its `first-states.ts`, where it has one. */
export async function firstStates({ folder }: App): Promise<readonly StateChoice[]> {
  const file = join(folder, 'first-states.ts')
  if (!existsSync(file)) return []
  const { firstStates: uses } = (await import(pathToFileURL(file).href)) as { firstStates: readonly StateUse[] }
  return uses.map(({ name, params }) => ({ state: name, params }))
}
