import type { System } from '#harness/contract/system.ts'
import type { ComposeStack } from '#harness/stack/compose/compose-stack.ts'
import type { OpenTarget } from './open-target.ts'
import { openProviderStates } from './provider-states.ts'

/** How many of its last lines a container gives as evidence. */
const evidenceLines = 12

export type ComposeTargetOptions = Readonly<{
  stack: ComposeStack
  /** The entry that requests go through; without one they go to the component itself. */
  via?: string
}>

/**
 * Starts a component of a Compose stack as a target, and the entry that it is reached through. States are set up past the
 * entry. Disposing closes what sets them up; the containers stay with the stack.
 */
export async function composeTarget(
  system: System,
  name: string,
  { stack, via }: ComposeTargetOptions,
): Promise<OpenTarget> {
  const asked = via ?? name
  await stack.start(asked)
  const baseUrl = await stack.url(asked)
  const said: string[] = []
  stack.onLine([...new Set([name, asked])], (line) => void said.push(line))
  const states = await openProviderStates(system, name, {
    baseUrl: await stack.url(name),
    environment: await stack.environment(name),
    cut: (store) => stack.cut(name, store),
    restore: (store) => stack.restore(name, store),
  })
  return {
    ...states,
    name: via === undefined ? 'compose' : `compose via ${via}`,
    baseUrl,
    stores: Object.keys(system.components[name]?.stores ?? {}).map((store) => `${store}: in containers of Compose`),
    async reset() {
      said.length = 0
      await states.reset()
    },
    evidence: () => said.slice(-evidenceLines),
  }
}
