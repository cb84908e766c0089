import type { AnyContract } from '#harness/contract/contract.ts'
import { routeTable, type RouteTable } from '#harness/serve/routes.ts'
import type { PactInteraction } from '../file/pact-file.ts'
import type { Envelope } from '../stream/envelope.ts'

const tables = new WeakMap<AnyContract, RouteTable>()

/** The operation of a contract that an interaction calls, by name; undefined where the contract has none. */
export function operationOf(contract: AnyContract, interaction: PactInteraction): string | undefined {
  if (interaction.type === 'Synchronous/HTTP')
    return routesOf(contract).find(interaction.request.method, interaction.request.path)?.name
  const { transport, operation, path } = interaction.request.contents.content as Envelope
  const routes = routesOf(contract)
  const found =
    transport === 'ws'
      ? routes.channelAt(path)
      : routes.find((interaction.request.contents.content as { method: string }).method, path)
  return found?.name === operation ? operation : undefined
}

/** The routes of a contract, made once. */
export function routesOf(contract: AnyContract): RouteTable {
  const found = tables.get(contract) ?? routeTable(contract)
  tables.set(contract, found)
  return found
}
