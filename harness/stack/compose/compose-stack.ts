import { randomBytes } from 'node:crypto'
import { chmod } from 'node:fs/promises'
import { downAll, logs, pauseOne, port, unpauseOne, upAll, type IDockerComposeOptions } from 'docker-compose'
import type { System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { EnvironmentError } from '../environment-error.ts'
import { findDockerEngine } from '../stores/docker.ts'
import { temporaryDirectory } from '../stores/temporary-directory.ts'
import { guardProject } from '../warden.ts'
import { composeYaml, directoryVariable, portVariable, serviceOf } from './compose-file.ts'
import { serverAddress, storePorts } from './store-services.ts'

/** The live services of a system in containers, each on a free port of loopback. */
export type ComposeStack = AsyncDisposable &
  Readonly<{
    url: (component: string) => Promise<string>
    /** A component's variables, with addresses as this machine sees them. */
    environment: (component: string) => Promise<Readonly<Record<string, string>>>
    /** Freezes the service of a store, until it is restored. */
    cut: (component: string, store: string) => Promise<void>
    restore: (component: string, store: string) => Promise<void>
    /** The last lines that a component wrote. */
    log: (component: string, lines: number) => Promise<readonly string[]>
  }>

/**
 * Builds and starts a system's Compose file under a project name of its own, and waits until all is healthy.
 * @throws EnvironmentError where there is no Docker engine, an image cannot be built or a service does not become healthy;
 *   with the last lines that Compose wrote. Nothing is left running then, nor when this process is killed.
 */
export async function startComposeStack(system: System): Promise<ComposeStack> {
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
    // Frozen services do not end.
    await downAll({ ...options, commandOptions: ['--volumes', '--remove-orphans', ['--timeout', '3']] })
  })
  await run(`start ${system.name} in containers`, () =>
    upAll({ ...options, commandOptions: ['--build', '--wait', ['--wait-timeout', '180']] }),
  )
  const owned = resources.move()
  const published = async (service: string, inside: number): Promise<number> => {
    const { data } = await run(`find the port of ${service}`, () => port(service, inside, options))
    return data.port
  }
  return {
    url: async (component) => `http://127.0.0.1:${await published(component, portOf(system, component))}`,
    async environment(component) {
      const { stores = {}, defaults = {} } = system.components[component] ?? {}
      const addresses = Object.entries(stores).map(async ([store, { kind, variable }]) => {
        if (kind === 'directory') return [variable, directories[directoryVariable(component, store)] ?? ''] as const
        const reached = await published(serviceOf(component, store), storePorts[kind])
        return [variable, serverAddress(kind, '127.0.0.1', reached)] as const
      })
      return { ...defaults, ...Object.fromEntries(await Promise.all(addresses)) }
    },
    async cut(component, store) {
      await run(`freeze ${store}`, () => pauseOne(serviceOf(component, store), options))
    },
    async restore(component, store) {
      await run(`thaw ${store}`, () => unpauseOne(serviceOf(component, store), options))
    },
    async log(component, lines) {
      const { out } = await logs(component, {
        ...options,
        commandOptions: ['--no-log-prefix', ['--tail', String(lines)]],
      })
      return out.split('\n').filter((line) => line !== '')
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
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
