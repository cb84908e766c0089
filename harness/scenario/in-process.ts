import { servedComponents, type System } from '#harness/contract/system.ts'
import { intercept } from '#harness/mock/msw/intercept.ts'
import type { Service } from '#harness/serve/service.ts'
import type { Network } from './network.ts'
import type { MockHost } from './parts/mock-part.ts'

/** A network without ports: requests of this process to `http://<component>.<system>.test` reach mocks. */
export type InProcess = Network & Readonly<{ host: MockHost }>

/** Takes all requests of this process until it is disposed. What is not hosted (yet) is as if nobody listened. */
export function startInProcess(system: System): InProcess {
  const services = new Map<string, Service>()
  const urlOf = (component: string): string => `http://${component}.${system.name}.test`
  const stand = servedComponents(system).map((name) => [urlOf(name), standIn(system, name, services)] as const)
  const interception = intercept(Object.fromEntries(stand))
  return {
    url: ({ provider }) => urlOf(provider),
    door: () => undefined,
    edges: () => system.edges.map((edge) => ({ edge, urls: [urlOf(edge.provider)] })),
    exchanges: () => [],
    fault() {
      throw new TypeError(
        'a stack in this process has no taps, so that nothing can fail on the way. Take mocks on ports.',
      )
    },
    isFaulty: () => false,
    clear: () => undefined,
    async host(name, mock, options) {
      const started = mock.start(options)
      services.set(name, started.service)
      async function end(): Promise<void> {
        services.delete(name)
        await started[Symbol.asyncDispose]()
      }
      return { ...started, url: urlOf(name), [Symbol.asyncDispose]: end }
    },
    [Symbol.asyncDispose]: () => interception[Symbol.asyncDispose](),
  }
}

/** Passes on to the service that is hosted now. */
function standIn(system: System, name: string, services: ReadonlyMap<string, Service>): Service {
  const contract = system.components[name]?.contract
  if (!contract) throw new TypeError(`${system.name}/${name} has no contract.`)
  return {
    contract,
    // The reply that stands for a failure of the network (Fetch §2.2.6).
    fetch: async (request) => services.get(name)?.fetch(request) ?? Response.error(),
    upgrade: async (request) => services.get(name)?.upgrade(request) ?? { kind: 'refused', response: Response.error() },
  }
}
