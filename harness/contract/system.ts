import type { AnyContract } from './contract.ts'
import type { Fields } from './schema.ts'

/** A store that a component needs: it gets the store's address in the variable. */
export type StoreNeed = Readonly<{ kind: 'postgres' | 'redis' | 'directory'; variable: string }>

/** A path, and all paths below it, whose requests an entry passes on to a component. Of several the longest counts. */
export type Route = Readonly<{ path: string; to: string }>

/** One deployable part of a system. */
export type Component = Readonly<{
  /** What it promises. A component that only calls others has none. */
  contract?: AnyContract
  /** The port that people know it by; one that nobody calls needs none. */
  port?: number
  /** Its environment variables. */
  environment: Fields
  /** The variable that says where to listen, as `host:port`. */
  bindVariable?: string
  /** The variable that takes the origins of the pages that may call, by comma. */
  originsVariable?: string
  /** Its stores by name. */
  stores?: Readonly<Record<string, StoreNeed>>
  /** A path that answers 200 once it is ready. */
  readyPath?: string
  /** Further variables for a live process on a developer's machine, secrets that are none. */
  defaults?: Readonly<Record<string, string>>
  /** How its live service is started, in its folder under `providers/`. Default: `main.ts` with the project's own Node. */
  command?: readonly [program: string, ...args: string[]]
  /**
   * Where requests from outside come in. It promises nothing itself: what it passes on is answered by the components that
   * it names. One of these without a contract is a folder of pages.
   */
  entry?: Readonly<{ routes: readonly Route[] }>
}>

/** Who calls whom. */
export type Edge = Readonly<{
  consumer: string
  provider: string
  /** The consumer's variable that says where the provider is; for pages, one that is put into them when they are built. */
  variable?: string
}>

/** Variables of several components that have to agree: each gives a value out of its own variable. */
export type Agreement = Readonly<{
  what: string
  between: readonly Readonly<{ component: string; variable: string; read: (value: string) => string }>[]
}>

/** Components that talk to each other. */
export type System = Readonly<{
  name: string
  components: Readonly<Record<string, Component>>
  edges: readonly Edge[]
  /** Names of components and of their stores, first to last. */
  startOrder: readonly string[]
  agreements: readonly Agreement[]
}>

/**
 * Declares a system.
 * @throws TypeError where an edge, an agreement or the start order names a component that is not declared, or leaves one
 * out, where a component that others call has no contract or no port, and where an entry contradicts itself.
 */
export function system(name: string, spec: Omit<System, 'name'>): System {
  const components = Object.keys(spec.components)
  const named = [
    ...spec.edges.flatMap((edge) => [edge.consumer, edge.provider]),
    ...spec.agreements.flatMap((agreement) => agreement.between.map((side) => side.component)),
  ]
  for (const component of named) {
    if (!components.includes(component)) {
      throw new TypeError(
        `system ${name}: "${component}" is no component. Declare it under "components": ${components.join(', ')}.`,
      )
    }
  }
  for (const edge of spec.edges) {
    if (!spec.components[edge.provider]?.contract) {
      throw new TypeError(
        `system ${name}: ${edgeName(edge)} has a provider without a contract. Give "${edge.provider}" one.`,
      )
    }
  }
  checkComponents(name, spec)
  return Object.freeze({ name, ...spec })
}

function checkComponents(name: string, { components, startOrder }: Omit<System, 'name'>): void {
  for (const [component, { contract, port, entry }] of Object.entries(components)) {
    if (contract && port === undefined) {
      throw new TypeError(`system ${name}: "${component}" has a contract and no port. Give it the one it is known by.`)
    }
    if (!startOrder.includes(component)) {
      throw new TypeError(`system ${name}: the start order leaves out "${component}". Put it after what it needs.`)
    }
    if (entry) checkEntry(`system ${name}: the entry "${component}"`, component, components)
  }
}

function checkEntry(where: string, name: string, components: System['components']): void {
  const { entry, port, contract } = components[name] ?? {}
  if (contract) throw new TypeError(`${where} has a contract: what it passes on is promised by others. Leave it out.`)
  if (port === undefined) throw new TypeError(`${where} has no port. Give it the one it is known by.`)
  const seen = new Set<string>()
  for (const { path, to } of entry?.routes ?? []) {
    if (!/^\/$|^(\/[\w.~-]+)+$/.test(path))
      throw new TypeError(`${where} has the route "${path}". Write a path without parameters, as in /api.`)
    if (seen.has(path)) throw new TypeError(`${where} has the route "${path}" twice. Keep one.`)
    seen.add(path)
    if (components[to]?.port === undefined || components[to].entry)
      throw new TypeError(`${where} passes ${path} on to "${to}", which is no component with a port. Name one.`)
  }
}

/** `frontend -> backend`: an edge in words. */
export function edgeName(edge: Edge): string {
  return `${edge.consumer} -> ${edge.provider}`
}

/** `frontend--backend.json`: the pact file of an edge. */
export function pactFileName(edge: Edge): string {
  return `${edge.consumer}--${edge.provider}.json`
}

/** The components that others may call, in start order. The others run no service. */
export function servedComponents(system: System): readonly string[] {
  return system.startOrder.filter((name) => system.components[name]?.contract)
}

/** The entries of a system that pass requests on to a component. */
export function entriesTo(system: System, component: string): readonly string[] {
  return Object.keys(system.components).filter((name) =>
    system.components[name]?.entry?.routes.some(({ to }) => to === component),
  )
}

/** The components without a contract that entries pass requests on to: folders of pages. */
export function pageComponents(system: System): readonly string[] {
  return Object.keys(system.components).filter(
    (name) => !system.components[name]?.contract && entriesTo(system, name).length > 0,
  )
}

/** The edges of a system that begin at a component. */
export function edgesFrom(system: System, consumer: string): readonly Edge[] {
  return system.edges.filter((edge) => edge.consumer === consumer)
}

/** The edges of a system that end at a component. */
export function edgesInto(system: System, provider: string): readonly Edge[] {
  return system.edges.filter((edge) => edge.provider === provider)
}
