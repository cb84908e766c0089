import { entriesTo, pageComponents, servedComponents, type Component, type System } from '#harness/contract/system.ts'
import type { ComposeStack } from '#harness/stack/compose/compose-stack.ts'

/** A component in a container, for people. */
export type ContainerRow = Readonly<{
  component: string
  kind: 'service' | 'pages' | 'entry'
  url: string
  detail: string
}>

/** The components of a system that run in containers: entries first, as they are what one opens. */
export async function describeContainers(
  system: System,
  stack: Pick<ComposeStack, 'url'>,
): Promise<readonly ContainerRow[]> {
  const entries = Object.keys(system.components).filter((name) => system.components[name]?.entry)
  return Promise.all([
    ...entries.map(async (component) => ({
      component,
      kind: 'entry' as const,
      url: await stack.url(component),
      detail: routesOf(system.components[component]),
    })),
    ...pageComponents(system).map(async (component) => ({
      component,
      kind: 'pages' as const,
      url: '',
      detail: `behind ${entriesTo(system, component).join(', ')}`,
    })),
    ...servedComponents(system).map(async (component) => ({
      component,
      kind: 'service' as const,
      url: await stack.url(component),
      detail: storesOf(system.components[component]),
    })),
  ])
}

/** `/api /ws -> backend · / -> frontend` */
function routesOf({ entry }: Component = { environment: {} }): string {
  const byTarget = Map.groupBy(entry?.routes ?? [], ({ to }) => to)
  return [...byTarget].map(([to, routes]) => `${routes.map(({ path }) => path).join(' ')} -> ${to}`).join(' · ')
}

/** `database: postgres · storage: a volume` */
function storesOf({ stores = {} }: Component = { environment: {} }): string {
  return Object.entries(stores)
    .map(([name, { kind }]) => `${name}: ${kind === 'directory' ? 'a volume' : kind}`)
    .join(' · ')
}
