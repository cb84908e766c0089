import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { Route, System } from '#harness/contract/system.ts'

/** What an entry does with requests of one kind of path. */
export type Location = Readonly<{
  /** `= /health`, `/api/`, `~ ^/rooms/[^/]+/events$`: as nginx writes it. */
  match: string
  to: string
  /** What comes through here: plain calls, or streams of these operations. */
  carries: 'calls' | Readonly<{ streams: readonly string[] }>
}>

/**
 * The locations of an entry: one of its own for each path of event streams and channels, then the routes as they are
 * declared, with what the contract has at their path and below it.
 */
export function locationsOf(system: System, routes: readonly Route[]): readonly Location[] {
  const contracts = [...new Set(routes.map(({ to }) => to))].flatMap((to) => {
    const contract = system.components[to]?.contract
    return contract ? [{ to, contract }] : []
  })
  const streams = contracts.flatMap(({ to, contract }) => streamLocations(contract, to, routes))
  const taken = new Set(streams.map(({ match }) => match))
  const calls = routes.flatMap((route) => callLocations(system.components[route.to]?.contract, route))
  return [...streams, ...calls.filter(({ match }) => !taken.has(match))]
}

/** The route that a path takes: the longest that it is at or below. */
export function routeOf(routes: readonly Route[], path: string): Route | undefined {
  const fitting = routes.filter((route) => isWithin(route.path, path))
  return fitting.toSorted((a, b) => b.path.length - a.path.length)[0]
}

function isWithin(route: string, path: string): boolean {
  return route === '/' || path === route || path.startsWith(`${route}/`)
}

function streamLocations(contract: AnyContract, to: string, routes: readonly Route[]): readonly Location[] {
  const streaming = Object.entries(contract.operations).filter(
    ([, { kind, path }]) => kind !== 'http' && routeOf(routes, path)?.to === to,
  )
  const byPath = Map.groupBy(streaming, ([, { path }]) => path)
  return [...byPath].map(([path, operations]) => ({
    match: path.includes('{') ? `~ ^${asPattern(path)}$` : `= ${path}`,
    to,
    carries: { streams: operations.map(([name]) => name) },
  }))
}

function asPattern(path: string): string {
  return path
    .split('/')
    .map((part) => (part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.')))
    .join('/')
}

function callLocations(contract: AnyContract | undefined, { path, to }: Route): readonly Location[] {
  const carries = 'calls' as const
  if (path === '/') return [{ match: '/', to, carries }]
  const operations: readonly Operation[] = Object.values(contract?.operations ?? {})
  const isAt = operations.some((operation) => operation.path === path)
  const isBelow = operations.some((operation) => operation.path.startsWith(`${path}/`))
  return [
    ...(isAt || !isBelow ? [{ match: `= ${path}`, to, carries }] : []),
    ...(isBelow || !isAt ? [{ match: `${path}/`, to, carries }] : []),
  ]
}
