import { stringify } from 'yaml'
import { edgesFrom, pageComponents, type Component, type StoreNeed, type System } from '#harness/contract/system.ts'
import { entryService, pagesService } from './entry-services.ts'
import { databaseService, nodeCheck, serverAddress, storePorts, type Service } from './store-services.ts'
import { directoryVariable, orElse, portVariable } from './variables.ts'

/** A Compose file as data (Compose Specification, https://github.com/compose-spec/compose-spec). */
export type ComposeFile = Readonly<{
  name: string
  services: Readonly<Record<string, Service>>
  volumes?: Readonly<Record<string, null>>
}>

/** A named store of a component, and what it is called among the services and volumes of the whole system. */
type Need = Readonly<{ name: string; need: StoreNeed; service: string }>

/**
 * The Compose file of a system's live services: a service for each component that others call, built from its Dockerfile,
 * one for each of its stores, and nginx for pages and entries. Components find each other by the addresses that the system
 * says they need; each waits for its own stores, pages for those that they call, an entry for all that is behind it. What a
 * developer's machine is given by default can be set from outside under the same name.
 */
export function composeFile(system: System): ComposeFile {
  const components = Object.entries(system.components).filter(([, { contract }]) => contract !== undefined)
  const entries = Object.keys(system.components).filter((name) => system.components[name]?.entry)
  const services = [
    ...components.flatMap(([name, component]) => [
      ...storeServices(storesOf(system, name, component)),
      [name, componentService(system, name, component)] as const,
    ]),
    ...pageComponents(system).map((name) => [name, pagesService(system, name)] as const),
    ...entries.map((name) => [name, entryService(system, name)] as const),
  ]
  const volumes = components.flatMap(([name, component]) =>
    storesOf(system, name, component).map(({ service }) => [service, null] as const),
  )
  return { name: system.name, services: Object.fromEntries(services), volumes: Object.fromEntries(volumes) }
}

/** The text of a Compose file. */
export function composeYaml(file: ComposeFile): string {
  return stringify(file, { lineWidth: 0, nullStr: '' })
}

/** The stores of a component in start order. */
function storesOf({ startOrder }: System, component: string, { stores = {} }: Component): readonly Need[] {
  return Object.entries(stores)
    .map(([name, need]) => ({ name, need, service: serviceOf(component, name) }))
    .toSorted((a, b) => startOrder.indexOf(a.name) - startOrder.indexOf(b.name))
}

/** The service, or volume, of a component's store. */
export function serviceOf(component: string, store: string): string {
  return `${component}-${store}`
}

/** Each store starts after the one before it; what needs them waits until all are healthy. */
function storeServices(stores: readonly Need[]): readonly (readonly [string, Service])[] {
  const servers = stores.flatMap(({ need, service }) =>
    need.kind === 'directory' ? [] : [{ kind: need.kind, service }],
  )
  return servers.map(({ kind, service }, index) => {
    const before = servers[index - 1]?.service
    const after = before === undefined ? {} : { depends_on: { [before]: { condition: 'service_started' as const } } }
    return [service, { ...databaseService(kind, service), ...after }]
  })
}

function componentService(system: System, name: string, component: Component): Service {
  const stores = storesOf(system, name, component)
  const services = stores.filter(({ need }) => need.kind !== 'directory')
  const directories = stores.filter(({ need }) => need.kind === 'directory')
  const { port = 0, bindVariable, defaults = {} } = component
  return {
    ...imageOf(system, name, component),
    environment: {
      ...Object.fromEntries(Object.entries(defaults).map(([variable, value]) => [variable, orElse(variable, value)])),
      ...(bindVariable !== undefined && { [bindVariable]: `0.0.0.0:${port}` }),
      ...Object.fromEntries(stores.map((store) => [store.need.variable, addressOf(store)])),
      ...peerAddresses(system, name),
      ...allowedOrigins(system, component),
    },
    ports: [`127.0.0.1:${orElse(portVariable(name), String(port))}:${port}`],
    ...(services.length > 0 && {
      depends_on: Object.fromEntries(
        services.map(({ service }) => [service, { condition: 'service_healthy' as const }]),
      ),
    }),
    ...(directories.length > 0 && {
      volumes: directories.map(
        (store) => `${orElse(directoryVariable(name, store.name), store.service)}:${addressOf(store)}`,
      ),
    }),
    restart: 'unless-stopped',
  }
}

/** What a component's variables say of those that it calls, in their own network. */
export function peerAddresses(system: System, consumer: string): Readonly<Record<string, string>> {
  const named = edgesFrom(system, consumer).flatMap(({ provider, variable }) =>
    variable === undefined ? [] : [[variable, `http://${provider}:${system.components[provider]?.port}`] as const],
  )
  return Object.fromEntries(named)
}

/** Pages come from where people know them, or from an entry. A browser leaves the port of HTTP out. */
export function allowedOrigins(system: System, { originsVariable }: Component): Readonly<Record<string, string>> {
  if (originsVariable === undefined) return {}
  const entries = Object.keys(system.components).filter((name) => system.components[name]?.entry)
  const ports = [
    ...pageComponents(system).map((name) => `:${system.components[name]?.port}`),
    ...entries.map((name) => `:\${${portVariable(name)}:-${system.components[name]?.port}}`),
    ...(entries.some((name) => system.components[name]?.port === 80) ? [''] : []),
  ]
  const origins = ports.flatMap((port) => [`http://localhost${port}`, `http://127.0.0.1${port}`])
  return { [originsVariable]: `\${${originsVariable}:-${origins.join(',')}}` }
}

/** What Node runs is built by one Dockerfile for all; what has a command of its own has a Dockerfile of its own. */
function imageOf(system: System, name: string, component: Component): Pick<Service, 'build' | 'healthcheck'> {
  const context = '../..'
  if (component.command) return { build: { context, dockerfile: `providers/${system.name}/${name}/Dockerfile` } }
  const directories = storesOf(system, name, component).filter(({ need }) => need.kind === 'directory')
  return {
    build: {
      context,
      dockerfile: 'harness/stack/compose/node.Dockerfile',
      args: {
        PACKAGES: orElse('PACKAGES', 'registry'),
        SYSTEM: system.name,
        COMPONENT: name,
        DIRECTORIES: directories.map((store) => store.name).join(' '),
      },
    },
    healthcheck: nodeCheck(component),
  }
}

function addressOf({ name, need, service }: Need): string {
  return need.kind === 'directory' ? `/data/${name}` : serverAddress(need.kind, service, storePorts[need.kind])
}
