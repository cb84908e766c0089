import type { BrokerClient } from '../broker-client.ts'
import { moveDeployments, moveEnvironments } from './move-environments.ts'
import { moveResults } from './move-results.ts'
import { movePacticipants } from './move-pacticipants.ts'
import { moveVersions } from './move-versions.ts'

/** Both ends of a move. */
export type Move = Readonly<{ from: BrokerClient; to: BrokerClient }>

/** How many of each were moved. */
export type Moved = Readonly<{
  pacticipants: number
  versions: number
  pacts: number
  results: number
  environments: number
  deployments: number
}>

/**
 * Moves what one broker has to another over their HTTP API: pacticipants with labels, versions with branches and tags in their
 * order, pacts, the last result of each pair, environments and what is in them. What is there already stays. Times are those of the
 * move, and webhooks are left out: brokers do not tell their secrets.
 * @throws BrokerRefused, BrokerUnreachable
 */
export async function moveBroker(move: Move, say: (line: string) => void = () => undefined): Promise<Moved> {
  const names = await movePacticipants(move)
  say(`${names.length} pacticipants`)
  const { versions, pacts } = await moveVersions(move, names)
  say(`${versions} versions, ${pacts.length} pacts`)
  const results = await moveResults(move, pacts)
  say(`${results} results`)
  const environments = await moveEnvironments(move)
  const deployments = await moveDeployments(move)
  say(`${environments} environments, ${deployments} deployments and releases`)
  return { pacticipants: names.length, versions, pacts: pacts.length, results, environments, deployments }
}
