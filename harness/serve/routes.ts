import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation, WsOperation } from '#harness/contract/operation.ts'
import { routeTree, type RouteTree } from './route-tree.ts'

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

type Named<Op extends Operation = Operation> = Readonly<{ name: string; operation: Op }>

/** The routes of a contract. Literal segments win over parameters, in whatever order the operations are declared. */
export function routeTable(contract: AnyContract): RouteTable {
  const channels = routeTree<Named<WsOperation>>()
  const byMethod = new Map<string, RouteTree<Named>>()
  for (const [name, operation] of Object.entries(contract.operations)) {
    if (operation.kind === 'ws') {
      channels.add(operation.path, { name, operation })
      continue
    }
    const tree = byMethod.get(operation.method) ?? routeTree<Named>()
    byMethod.set(operation.method, tree)
    tree.add(operation.path, { name, operation })
  }
  return {
    methodsOf(path) {
      const methods = [...byMethod].flatMap(([method, tree]) => (tree.find(path) ? [method] : []))
      return channels.find(path) ? [...new Set([...methods, 'GET'])] : methods
    },
    find: (method, path) => routeAt(byMethod.get(method), path),
    channelAt: (path) => routeAt(channels, path),
  }
}

function routeAt<Op extends Operation>(tree: RouteTree<Named<Op>> | undefined, path: string): Route<Op> | undefined {
  const found = tree?.find(path)
  return found && { name: found.leaf.name, operation: found.leaf.operation, params: found.params }
}

/** Matches a path against a template, giving the decoded values of its parameters. */
export function pathMatcher(template: string): (path: string) => Readonly<Record<string, string>> | undefined {
  const tree = routeTree<undefined>()
  tree.add(template, undefined)
  return (path) => tree.find(path)?.params
}
