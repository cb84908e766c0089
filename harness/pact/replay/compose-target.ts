import type { System } from '#harness/contract/system.ts'
import type { ComposeStack } from '#harness/stack/compose/compose-stack.ts'
import type { OpenTarget } from './open-target.ts'
import { openProviderStates } from './provider-states.ts'

/** How many of its last lines a container gives as evidence. */
const evidenceLines = 12

/** Starts a component of a Compose stack as a target; disposing stops it again, the stack stays. */
export async function composeTarget(system: System, name: string, stack: ComposeStack): Promise<OpenTarget> {
  await using resources = new AsyncDisposableStack()
  resources.defer(() => stack.stop(name))
  await stack.start(name)
  const baseUrl = await stack.url(name)
  const states = resources.use(
    await openProviderStates(system, name, {
      baseUrl,
      environment: await stack.environment(name),
      cut: (store) => stack.cut(name, store),
      restore: (store) => stack.restore(name, store),
    }),
  )
  const said: string[] = []
  stack.onLine(name, (line) => void said.push(line))
  const owned = resources.move()
  return {
    ...states,
    name: 'compose',
    baseUrl,
    stores: Object.keys(system.components[name]?.stores ?? {}).map((store) => `${store}: in containers of Compose`),
    async reset() {
      said.length = 0
      await states.reset()
    },
    evidence: () => said.slice(-evidenceLines),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
