import { container } from '#contracts/prometheus/container.ts'
import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { client } from '#harness/client/client.ts'
import type { ClientOptions } from '#harness/client/options.ts'
import type { ContainerClient } from './container-client.ts'
import type { CoordinatorClient } from './coordinator-client.ts'

/** How calls are made, where something else than the defaults is wanted: see harness/client/options.ts. */
export type CallSettings = Pick<ClientOptions, 'timeoutMs' | 'retries' | 'retryDelayMs' | 'fetch'>

export type NodeOptions = CallSettings &
  Readonly<{
    coordinatorUrl: string
    containerUrl: string
    /** The node's own key, 32 bytes in base58: signs what goes to the coordinator, and never travels. */
    privateKey: string
    /** A token that is good at the container: see `tokenSource`. */
    token: () => string | Promise<string>
  }>

/** The coordinator as a node calls it: each request signed with its key. */
export function signedCoordinator(options: NodeOptions): CoordinatorClient {
  const credentials = { kind: 'signed', secret: options.privateKey } as const
  return client(coordinator, { ...settingsIn(options), baseUrl: options.coordinatorUrl, credentials })
}

/** The container as a node calls it, with a token. */
export function containerWithToken(options: NodeOptions): ContainerClient {
  const credentials = { kind: 'bearer', token: options.token } as const
  return client(container, { ...settingsIn(options), baseUrl: options.containerUrl, credentials })
}

/** The settings among other options: nothing else of these may reach a client. */
export function settingsIn({ timeoutMs, retries, retryDelayMs, fetch }: CallSettings): CallSettings {
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retries !== undefined && { retries }),
    ...(retryDelayMs !== undefined && { retryDelayMs }),
    ...(fetch !== undefined && { fetch }),
  }
}
