import { EnvironmentError } from '../environment-error.ts'
import { engineRequest, type EngineAnswer } from '../stores/docker-engine.ts'

/** The containers of a Compose project, asked for at the engine: that takes milliseconds, where a command takes half a second. */
export type Containers = Readonly<{
  /** Names of the services that have a container, running or not. */
  services: () => Promise<readonly string[]>
  /** The port of this machine behind which a service's own port is. Throws EnvironmentError where it is not published. */
  port: (service: string, inside: number) => Promise<number>
  pause: (service: string) => Promise<void>
  unpause: (service: string) => Promise<void>
  signal: (service: string, signal: NodeJS.Signals) => Promise<void>
  /** What a service has written to standard error so far. */
  complaints: (service: string) => Promise<string>
  /** The processes in a service's container: their ids on the engine's machine, their titles. */
  processes: (service: string) => Promise<readonly Readonly<{ pid: string; title: string }>[]>
}>

type Listed = Readonly<{
  Id: string
  Labels: Readonly<Record<string, string>>
  Ports: readonly Readonly<{ PrivatePort: number; PublicPort?: number }>[]
}>

/**
 * The containers of a Compose project.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container
 */
export function containersOf(engine: string, project: string): Containers {
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] })
  async function ask(path: string, method: 'GET' | 'POST' = 'GET'): Promise<string> {
    return bodyOf(await engineRequest(engine, { method, path }), path)
  }
  async function list(): Promise<readonly Listed[]> {
    return JSON.parse(await ask(`/containers/json?all=true&filters=${encodeURIComponent(filters)}`)) as Listed[]
  }
  async function find(service: string): Promise<Listed> {
    const found = (await list()).find((container) => serviceOf(container) === service)
    if (found) return found
    throw new EnvironmentError(`${project} has no container of ${service}: it was not started, or somebody removed it.`)
  }
  async function order(service: string, what: string): Promise<void> {
    await ask(`/containers/${(await find(service)).Id}/${what}`, 'POST')
  }
  return {
    services: async () => (await list()).map(serviceOf),
    async port(service, inside) {
      const published = (await find(service)).Ports.find(({ PrivatePort }) => PrivatePort === inside)?.PublicPort
      if (published !== undefined) return published
      throw new EnvironmentError(
        `Port ${inside} of ${service} is not published: its container does not run. Read its log.`,
      )
    },
    pause: (service) => order(service, 'pause'),
    unpause: (service) => order(service, 'unpause'),
    signal: (service, signal) => order(service, `kill?signal=${signal}`),
    complaints: async (service) => ask(`/containers/${(await find(service)).Id}/logs?stderr=true`),
    async processes(service) {
      const answer = await ask(
        `/containers/${(await find(service)).Id}/top?ps_args=${encodeURIComponent('-eo pid,args')}`,
      )
      const { Processes: rows } = JSON.parse(answer) as { Processes: readonly (readonly string[])[] }
      return rows.map(([pid = '', title = '']) => ({ pid, title }))
    },
  }
}

function serviceOf({ Labels }: Listed): string {
  return Labels['com.docker.compose.service'] ?? ''
}

function bodyOf({ status, body }: EngineAnswer, path: string): string {
  if (status < 400) return body
  throw new EnvironmentError(`The Docker engine refuses ${path}: ${status} ${body.trim()}.`)
}
