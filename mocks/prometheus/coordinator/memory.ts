import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { Credential } from '#harness/contract/security.ts'
import { makeCallers, type Callers } from '../shared/callers.ts'
import { positiveOf, textOf, tokenKeysOf, type Environment } from '../shared/environment.ts'
import { makeBoard, type Board } from './board.ts'
import { makeHealth, type Health } from './health.ts'
import { makeNodes, type Nodes } from './nodes.ts'
import type { Principal } from './principal.ts'
import { makeSignatures, type Signatures } from './signatures.ts'

/** What the stand-in of the coordinator knows: everything that a live one has in its database. */
export type CoordinatorMemory = Readonly<{
  board: Board
  callers: Callers
  health: Health
  nodes: Nodes
  signatures: Signatures
}>

const developmentNodes = `node-planner=${developmentKeys.planner.publicKey},node-worker=${developmentKeys.worker.publicKey}`

/** Makes a memory without jobs, that knows the nodes of the environment, or those of development. */
export function makeCoordinatorMemory(environment: Environment = {}, now: () => number = Date.now): CoordinatorMemory {
  const { planner, worker } = developmentKeys
  const nodes = makeNodes(textOf(environment, 'NODE_KEYS') ?? developmentNodes, [planner, worker])
  return {
    board: makeBoard({
      now,
      leaseMs: positiveOf(environment, 'LEASE_SECONDS', 60) * 1000,
      maxAttempts: positiveOf(environment, 'MAX_ATTEMPTS', 5),
    }),
    callers: makeCallers({ keys: tokenKeysOf(environment), audience: coordinatorName, now }),
    health: makeHealth(),
    nodes,
    signatures: makeSignatures({ nodes, audience: coordinatorName, now }),
  }
}

/** Who calls: by token, or by signature. */
export async function authenticate(
  { callers, signatures }: CoordinatorMemory,
  credential: Credential,
): Promise<Principal | undefined> {
  if (credential.carrier === 'signature') return { kind: 'node', node: signatures.authenticate(credential) }
  const caller = await callers.authenticate(credential)
  return caller && { kind: 'caller', caller }
}
