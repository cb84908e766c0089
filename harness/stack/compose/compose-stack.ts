import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { buildMany, downAll, logs, stopMany, upMany, type IDockerComposeOptions } from 'docker-compose'
import { servedComponents, type System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { EnvironmentError } from '../environment-error.ts'
import { freePort } from '../ports.ts'
import { findDockerEngine } from '../stores/docker.ts'
import { guardProject } from '../warden.ts'
import { composeCommand } from './compose-command.ts'
import { composeFile, composeYaml, peerAddresses, serviceOf } from './compose-file.ts'
import { configFile } from './compose-files.ts'
import { configFolders, pageFolders, storeFolders, type Folders } from './compose-folders.ts'
import { containersOf, type Containers } from './containers.ts'
import { quickStart, startsQuickly } from './quick-start.ts'
import { reconfigure } from './reconfigure.ts'
import { serverAddress, storePorts } from './store-services.ts'
import { configVariable, directoryVariable, portVariable } from './variables.ts'

/** The live services of a system as containers. None runs until it is started. */
export type ComposeStack = AsyncDisposable &
  Readonly<{
    /** Starts components, all unless told, with what they depend on, and waits until all of that is healthy. An entry depends on all that is behind it. */
    start: (...components: readonly string[]) => Promise<void>
    stop: (component: string) => Promise<void>
    url: (component: string) => Promise<string>
    /** A component's variables, with addresses as this machine sees them. */
    environment: (component: string) => Promise<Readonly<Record<string, string>>>
    /** Freezes the service of a store, until it is restored. */
    cut: (component: string, store: string) => Promise<void>
    restore: (component: string, store: string) => Promise<void>
    /** Gives a component that nginx runs another configuration; it counts for all that is asked afterwards. */
    configure: (component: string, text: string) => Promise<void>
    /** Calls back with every line that started services write, all of them unless some are named, until they stop. */
    onLine: (components: readonly string[], listener: (line: string) => void) => void
  }>

/** Seconds that are enough for services to become healthy on a busy machine. */
const patienceSeconds = 300

type Data = 'reachable' | 'discarded' | 'kept'

export type ComposeOptions = Readonly<{
  /** The components whose images are built; all unless told. */
  components?: readonly string[]
  /** The ports that people know components by, or free ones. Default: free. */
  ports?: 'own' | 'free'
  /**
   * `reachable`: directories are folders of this machine, so that states can be set up in them. `discarded`: they are
   * volumes. Both end with the stack. `kept`: all data stays, for the next stack that keeps it. Default: reachable.
   */
  data?: Data
  /** The folders with what was built of the pages of components. */
  pages?: Readonly<Record<string, string>>
}>

/**
 * Builds the images of components for a Compose project of its own. Whatever the project starts ends with it, and when
 * this process is killed.
 * @throws EnvironmentError where there is no Docker engine, an image cannot be built, data is to be kept of a project that
 *   runs already or, later, a service does not become healthy; with the last lines that Compose wrote.
 */
export async function openComposeStack(system: System, options: ComposeOptions = {}): Promise<ComposeStack> {
  const { components = servedComponents(system), data = 'reachable' } = options
  const engine = await findDockerEngine()
  if (engine.kind === 'silent')
    throw new EnvironmentError(`Cannot start ${system.name} in containers: ${engine.reason}. Start a Docker engine.`)
  await using resources = new AsyncDisposableStack()
  const project = data === 'kept' ? system.name : `concordat-${system.name}-${randomBytes(4).toString('hex')}`
  const containers = containersOf(engine.address, project)
  if (data === 'kept') await refuseRunning(system, project, containers)
  const folders = await openFolders(system, options, resources)
  const compose: IDockerComposeOptions = {
    cwd: projectRoot,
    configAsString: await fileFor(system, engine.address),
    composeOptions: [
      ['--ansi', 'never'],
      ['--project-name', project],
      ['--project-directory', paths.compose(system.name)],
    ],
    env: { ...process.env, DOCKER_HOST: engine.address, ...(await portsOf(system, options)), ...folders },
  }
  resources.use(guardProject(engine.address, project, data === 'kept' ? 'kept' : 'discarded'))
  resources.defer(async () => {
    await downAll({ ...compose, commandOptions: downOptions(data) })
  })
  if (components.length > 0)
    await composeCommand(`build the images of ${system.name}`, () => buildMany([...components], compose))
  const owned = resources.move()
  return {
    ...running({ system, compose, containers, folders }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function fileFor(system: System, engine: string): Promise<string> {
  const file = composeFile(system)
  return composeYaml((await startsQuickly(engine)) ? quickStart(file) : file)
}

async function openFolders(
  system: System,
  { data = 'reachable', pages = {} }: ComposeOptions,
  resources: AsyncDisposableStack,
): Promise<Folders> {
  return {
    ...(data === 'reachable' && (await storeFolders(system, resources))),
    ...(await configFolders(system, resources)),
    ...(await pageFolders(system, pages, resources)),
  }
}

/** Where nothing is kept, nobody needs time to put anything in order. */
function downOptions(data: Data): (string | string[])[] {
  const images = ['--remove-orphans', ['--rmi', 'local']]
  return data === 'kept' ? [...images, ['--timeout', '10']] : [...images, '--volumes', ['--timeout', '0']]
}

async function refuseRunning(system: System, project: string, containers: Containers): Promise<void> {
  if ((await containers.services()).length === 0) return
  throw new EnvironmentError(
    `Cannot start ${system.name} in containers: the Compose project ${project}, whose data is to be kept, has containers already. Take it down (docker compose -p ${project} down), or start a stack that keeps nothing.`,
  )
}

type Placed = Readonly<{ system: System; compose: IDockerComposeOptions; containers: Containers; folders: Folders }>

/** What can be done with the services of a project. */
function running(placed: Placed): Omit<ComposeStack, typeof Symbol.asyncDispose> {
  const { system, compose, containers, folders } = placed
  return {
    async start(...components) {
      const wait = { ...compose, commandOptions: ['--wait', ['--wait-timeout', String(patienceSeconds)]] }
      const what = `start ${[system.name, components.join(', ')].filter(Boolean).join('/')} in containers`
      await composeCommand(what, () => upMany([...components], wait))
    },
    async stop(component) {
      await composeCommand(`stop ${system.name}/${component}`, () =>
        stopMany({ ...compose, commandOptions: [['--timeout', '3']] }, component),
      )
    },
    url: async (component) => `http://127.0.0.1:${await containers.port(component, portOf(system, component))}`,
    environment: (component) => environmentOf(placed, component),
    cut: (component, store) => containers.pause(serviceOf(component, store)),
    restore: (component, store) => containers.unpause(serviceOf(component, store)),
    async configure(component, text) {
      const file = join(folders[configVariable(component)] ?? '', configFile)
      await reconfigure({ service: component, file, containers }, text)
    },
    onLine(components, listener) {
      // Compose clears each line before it writes it.
      const callback = (chunk: Buffer): void =>
        stripVTControlCharacters(chunk.toString('utf8')).trimEnd().split('\n').forEach(listener)
      const prefix = components.length === 1 ? ['--no-log-prefix'] : []
      const follow = { ...compose, follow: true, commandOptions: prefix, maxOutputLength: 0, callback }
      // It ends with the services; a log that breaks off takes nothing with it.
      void logs([...components], follow).catch(() => undefined)
    },
  }
}

async function environmentOf({ system, containers, folders }: Placed, component: string) {
  const { stores = {}, defaults = {}, bindVariable } = system.components[component] ?? {}
  const own = await containers.port(component, portOf(system, component))
  const addresses = Object.entries(stores).map(async ([store, { kind, variable }]) => {
    if (kind === 'directory') return [variable, folders[directoryVariable(component, store)] ?? ''] as const
    const reached = await containers.port(serviceOf(component, store), storePorts[kind])
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

/** Where ports are free, an entry's is chosen beforehand: pages that come from there are of that origin. */
async function portsOf(
  system: System,
  { ports: kind = 'free' }: ComposeOptions,
): Promise<Readonly<Record<string, string>>> {
  if (kind === 'own') return {}
  const ports = Object.entries(system.components).map(
    async ([name, { entry }]) => [portVariable(name), entry ? String(await freePort()) : '0'] as const,
  )
  return Object.fromEntries(await Promise.all(ports))
}
