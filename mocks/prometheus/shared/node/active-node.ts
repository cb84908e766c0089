import { issueToken } from '#contracts/prometheus/auth/tokens.ts'
import { container, containerName } from '#contracts/prometheus/container.ts'
import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { client, type Client } from '#harness/client/client.ts'
import type { Peers } from '#harness/mock/background.ts'
import type { NodeMemory } from './memory.ts'

/** A node at work: its memory, and those that it calls. */
export type ActiveNode<Product> = Readonly<{
  memory: NodeMemory<Product>
  coordinator: Client<typeof coordinator>
  container: Client<typeof container>
  signal: AbortSignal
}>

export type NodePlace = Readonly<{ name: string; peers: Peers; signal: AbortSignal }>

/** Connects a node. Its calls are tried once: whoever makes them knows whether to try again. */
export function activeNode<Product>(
  memory: NodeMemory<Product>,
  { name, peers, signal }: NodePlace,
): ActiveNode<Product> {
  const { keys, privateKey } = memory
  const caller = { name, role: 'node' } as const
  return {
    memory,
    signal,
    coordinator: client(coordinator, {
      baseUrl: peers('coordinator'),
      credentials: { kind: 'signed', secret: privateKey },
      retries: 0,
    }),
    container: client(container, {
      baseUrl: peers('container'),
      credentials: { kind: 'bearer', token: () => issueToken(keys, { caller, audience: containerName }) },
      retries: 0,
    }),
  }
}
