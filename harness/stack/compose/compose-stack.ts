import { randomBytes } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import {
  buildMany,
  downAll,
  logs,
  pauseOne,
  port,
  stopMany,
  unpauseOne,
  upMany,
  type IDockerComposeOptions,
} from 'docker-compose'
import { servedComponents, type System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { EnvironmentError } from '../environment-error.ts'
import { findDockerEngine } from '../stores/docker.ts'
import { temporaryDirectory } from '../stores/temporary-directory.ts'
import { guardProject } from '../warden.ts'
import { composeYaml, directoryVariable, peerAddresses, portVariable, serviceOf } from './compose-file.ts'
import { serverAddress, storePorts } from './store-services.ts'

/** The live services of a system as containers, each on a free port of loopback. None runs until it is started. */
export type ComposeStack = AsyncDisposable &
  Readonly<{
    /** Starts a component and its stores, and nothing that it calls; waits until all of them are healthy. */
    start: (component: string) => Promise<void>
    stop: (component: string) => Promise<void>
    url: (component: string) => Promise<string>
    /** A component's variables, with addresses as this machine sees them. */
    environment: (component: string) => Promise<Readonly<Record<string, string>>>
    /** Freezes the service of a store, until it is restored. */
    cut: (component: string, store: string) => Promise<void>
    restore: (component: string, store: string) => Promise<void>
    /** Calls back with every line that a started component writes, until it stops. */
    onLine: (component: string, listener: (line: string) => void) => void
  }>

/**
 * Builds the images of these components, of all unless told, for a Compose project of its own. Whatever the project
 * starts ends with it, and when this process is killed.
 * @throws EnvironmentError where there is no Docker engine, an image cannot be built or, later, a service does not become
 *   healthy; with the last lines that Compose wrote.
 */
export async function openComposeStack(
  system: System,
  components: readonly string[] = servedComponents(system),
): Promise<ComposeStack> {
  const engine = await findDockerEngine()
  if (engine.kind === 'silent')
    throw new EnvironmentError(`Cannot start ${system.name} in containers: ${engine.reason}. Start a Docker engine.`)
  await using resources = new AsyncDisposableStack()
  const project = `concordat-${system.name}-${randomBytes(4).toString('hex')}`
  const directories = await openDirectories(system, resources)
  const options: IDockerComposeOptions = {
    cwd: projectRoot,
    configAsString: composeYaml(system),
    composeOptions: [
      ['--project-name', project],
      ['--project-directory', paths.compose(system.name)],
    ],
    env: { ...process.env, DOCKER_HOST: engine.address, ...freePorts(system), ...directories },
  }
  resources.use(guardProject(engine.address, project))
  resources.defer(async () => {
    await downAll({ ...options, commandOptions: ['--volumes', '--remove-orphans', ['--timeout', '3']] })
  })
  await run(`build the images of ${system.name}`, () => buildMany([...components], options))
  const owned = resources.move()
  return {
    ...running(system, options),
    environment: (component) => environmentOf({ system, component, options, directories }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** What can be done with the services of a project. */
function running(
  system: System,
  options: IDockerComposeOptions,
): Omit<ComposeStack, 'environment' | typeof Symbol.asyncDispose> {
  return {
    async start(component) {
      const wait = { ...options, commandOptions: ['--wait', ['--wait-timeout', '120']] }
      await run(`start ${system.name}/${component} in containers`, () => upMany([component], wait))
    },
    async stop(component) {
      await run(`stop ${system.name}/${component}`, () =>
        stopMany({ ...options, commandOptions: [['--timeout', '3']] }, component),
      )
    },
    url: async (component) => `http://127.0.0.1:${await publishedPort(component, portOf(system, component), options)}`,
    async cut(component, store) {
      await run(`freeze ${store}`, () => pauseOne(serviceOf(component, store), options))
    },
    async restore(component, store) {
      await run(`thaw ${store}`, () => unpauseOne(serviceOf(component, store), options))
    },
    onLine(component, listener) {
      const callback = (chunk: Buffer): void => chunk.toString('utf8').trimEnd().split('\n').forEach(listener)
      const follow = { ...options, follow: true, commandOptions: ['--no-log-prefix'], maxOutputLength: 0, callback }
      // It ends with the component; a log that breaks off takes nothing with it.
      void logs(component, follow).catch(() => undefined)
    },
  }
}

/** The port of this machine behind which a service's own port is. */
async function publishedPort(service: string, inside: number, options: IDockerComposeOptions): Promise<number> {
  const { data } = await run(`find the port of ${service}`, () => port(service, inside, options))
  return data.port
}

type Placed = Readonly<{
  system: System
  component: string
  options: IDockerComposeOptions
  directories: Readonly<Record<string, string>>
}>

async function environmentOf({ system, component, options, directories }: Placed) {
  const { stores = {}, defaults = {}, bindVariable } = system.components[component] ?? {}
  const own = await publishedPort(component, portOf(system, component), options)
  const addresses = Object.entries(stores).map(async ([store, { kind, variable }]) => {
    if (kind === 'directory') return [variable, directories[directoryVariable(component, store)] ?? ''] as const
    const reached = await publishedPort(serviceOf(component, store), storePorts[kind], options)
    return [variable, serverAddress(kind, '127.0.0.1', reached)] as const
  })
  return {
    ...defaults,
    ...peerAddresses(system, component),
    ...(bindVariable !== undefined && { [bindVariable]: `127.0.0.1:${own}` }),
    ...Object.fromEntries(await Promise.all(addresses)),
  }
}

function portOf(system: System, component: string): number {
  const found = system.components[component]?.port
  if (found === undefined) throw new TypeError(`${system.name} has no component "${component}" with a port.`)
  return found
}

function freePorts(system: System): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(system.components).map((name) => [portVariable(name), '0']))
}

/** Directories of this machine, so that states can be set up in them. A service writes there as a user of its own. */
async function openDirectories(
  system: System,
  resources: AsyncDisposableStack,
): Promise<Readonly<Record<string, string>>> {
  const wanted = Object.entries(system.components).flatMap(([component, { stores = {} }]) =>
    Object.entries(stores).flatMap(([store, { kind }]) => (kind === 'directory' ? [{ component, store }] : [])),
  )
  const opened = wanted.map(async ({ component, store }) => {
    const directory = await temporaryDirectory(store)
    resources.defer(() => directory.remove())
    await chmod(directory.path, 0o777)
    return [directoryVariable(component, store), directory.path] as const
  })
  return Object.fromEntries(await Promise.all(opened))
}

type ComposeFailure = Readonly<{ exitCode: number | null; err: string; out: string }>

/** What docker-compose rejects with is a plain object. */
async function run<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const { err = '', out = '' } = error as Partial<ComposeFailure>
    const said = `${err}\n${out}`.split('\n').filter((line) => line.trim() !== '')
    const words = said.length > 0 ? said.slice(-20).join('\n') : String(error)
    throw new EnvironmentError(`Cannot ${what}: Compose says\n${words}`, { cause: error })
  }
}
