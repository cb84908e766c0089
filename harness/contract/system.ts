import type { AnyContract } from './contract.ts'
import type { Fields } from './schema.ts'

/** A store that a component needs: it gets the store's address in the variable. */
export type StoreNeed = Readonly<{ kind: 'postgres' | 'redis' | 'directory'; variable: string }>

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
  /** Its stores by name. */
  stores?: Readonly<Record<string, StoreNeed>>
  /** A path that answers 200 once it is ready. */
  readyPath?: string
  /** Further variables for a live process on a developer's machine, secrets that are none. */
  defaults?: Readonly<Record<string, string>>
  /** How its live service is started, in its folder under `providers/`. Default: `main.ts` with the project's own Node. */
  command?: readonly [program: string, ...args: string[]]
}>

/** Who calls whom. */
export type Edge = Readonly<{
  consumer: string
  provider: string
  /** The consumer's variable that says where the provider is. A consumer that runs no process of its own has none. */
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
 * out, and where a component that others call has no contract or no port.
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
  for (const [component, { contract, port }] of Object.entries(spec.components)) {
    if (contract && port === undefined) {
      throw new TypeError(`system ${name}: "${component}" has a contract and no port. Give it the one it is known by.`)
    }
  }
  for (const component of components) {
    if (!spec.startOrder.includes(component)) {
      throw new TypeError(`system ${name}: the start order leaves out "${component}". Put it after what it needs.`)
    }
  }
  return Object.freeze({ name, ...spec })
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

/** The edges of a system that begin at a component. */
export function edgesFrom(system: System, consumer: string): readonly Edge[] {
  return system.edges.filter((edge) => edge.consumer === consumer)
}

/** The edges of a system that end at a component. */
export function edgesInto(system: System, provider: string): readonly Edge[] {
  return system.edges.filter((edge) => edge.provider === provider)
}
