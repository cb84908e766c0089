import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation, WsOperation } from '#harness/contract/operation.ts'

export type Route<Op extends Operation = Operation> = Readonly<{
  name: string
  operation: Op
  params: Readonly<Record<string, string>>
}>

/** Which operations a path belongs to. */
export type RouteTable = Readonly<{
  /** The methods that a path takes; none where the contract has no such path. */
  methodsOf: (path: string) => readonly string[]
  channelAt: (path: string) => Route<WsOperation> | undefined
  /** The operation that a method and path call. */
  find: (method: string, path: string) => Route | undefined
}>

/** The routes of a contract. Literal segments win over parameters. */
export function routeTable(contract: AnyContract): RouteTable {
  const routes = Object.entries(contract.operations)
    .map(([name, operation]) => ({ name, operation, match: pathMatcher(operation.path) }))
    .toSorted((a, b) => parameterCount(a.operation) - parameterCount(b.operation))
  function at(path: string): Route[] {
    return routes.flatMap(({ name, operation, match }) => {
      const params = match(path)
      return params ? [{ name, operation, params }] : []
    })
  }
  return {
    methodsOf: (path) => [...new Set(at(path).map((route) => route.operation.method))],
    find: (method, path) =>
      at(path).find((route) => route.operation.method === method && route.operation.kind !== 'ws'),
    channelAt: (path) => at(path).find((route): route is Route<WsOperation> => route.operation.kind === 'ws'),
  }
}

function parameterCount(operation: Operation): number {
  return operation.path.split('{').length - 1
}

/** Matches a path against a template, giving the decoded values of its parameters. */
export function pathMatcher(template: string): (path: string) => Readonly<Record<string, string>> | undefined {
  const source = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([^{}]+)\}/g, '(?<$1>[^/]+)')
  const pattern = new RegExp(`^${source}$`)
  return (path) => {
    const match = pattern.exec(path)
    if (!match) return undefined
    return Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]))
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
