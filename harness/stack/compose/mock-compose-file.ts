import { servedComponents, type System } from '#harness/contract/system.ts'
import { allowedOrigins, peerAddresses, type ComposeFile } from './compose-file.ts'
import { nodeCheck, type Service } from './store-services.ts'
import { orElse, portVariable, statesPortVariable } from './variables.ts'

/** Where a mock in a container takes state changes. */
const statesPort = 9292

/**
 * The Compose file of a system's mocks: a service for each component that others call, at the port that people know it by,
 * without any store. States are set up at a second port of loopback, a free one unless told.
 */
export function mockComposeFile(system: System): ComposeFile {
  const services = servedComponents(system).map((name) => [name, mockService(system, name)] as const)
  return { name: `${system.name}-mocks`, services: Object.fromEntries(services) }
}

function mockService(system: System, name: string): Service {
  const component = system.components[name] ?? { environment: {} }
  const { port = 0 } = component
  return {
    build: {
      context: '../..',
      dockerfile: 'harness/stack/compose/node.Dockerfile',
      target: 'mock',
      args: { PACKAGES: orElse('PACKAGES', 'registry'), SYSTEM: system.name },
    },
    command: [system.name, name],
    environment: {
      STATES_PORT: String(statesPort),
      ...peerAddresses(system, name),
      ...allowedOrigins(system, component),
    },
    ports: [
      `127.0.0.1:${orElse(portVariable(name), String(port))}:${port}`,
      `127.0.0.1:${orElse(statesPortVariable(name), '0')}:${statesPort}`,
    ],
    healthcheck: nodeCheck(component),
    restart: 'unless-stopped',
  }
}
