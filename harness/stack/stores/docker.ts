import { existsSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { engineRequest } from './docker-engine.ts'

/** A Docker engine with its address (as in DOCKER_HOST), or why there is none. */
export type DockerEngine = { kind: 'answers'; address: string } | { kind: 'silent'; reason: string }

const PING_TIMEOUT_MS = 2_000
const HOST_OVERRIDE = 'TESTCONTAINERS_HOST_OVERRIDE'

/**
 * Asks for a Docker engine where Testcontainers looks for one: DOCKER_HOST, then the usual sockets. Without any this
 * takes no time. When one answers, this process is made fit for Testcontainers.
 */
export async function findDockerEngine(): Promise<DockerEngine> {
  const address = engineAddress()
  if (address === undefined) return { kind: 'silent', reason: 'DOCKER_HOST is not set and there is no Docker socket' }
  try {
    const { status } = await engineRequest(address, { path: '/_ping', timeoutMs: PING_TIMEOUT_MS })
    if (status !== 200)
      return { kind: 'silent', reason: `the Docker engine at ${address} answers with status ${status}` }
    await correctContainerGuess(address)
    return { kind: 'answers', address }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { kind: 'silent', reason: `no Docker engine answers at ${address}: ${code ?? message}` }
  }
}

/** Removes a container and its anonymous volumes. One that is not there is fine. */
export async function removeContainer(engine: string, container: string): Promise<void> {
  await engineRequest(engine, { method: 'DELETE', path: `/containers/${container}?force=true&v=true` })
}

/** Removes what a Compose project has at an engine: containers, networks, images built for it, and volumes unless they are kept. What is not there is fine. */
export async function removeProject(engine: string, project: string, data: 'discarded' | 'kept'): Promise<void> {
  const filters = `filters=${encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${project}`] }))}`
  const list = async (path: string): Promise<unknown> => JSON.parse((await engineRequest(engine, { path })).body)
  const containers = (await list(`/containers/json?all=true&${filters}`)) as readonly { Id: string }[]
  await Promise.all(containers.map(({ Id }) => removeContainer(engine, Id)))
  const networks = (await list(`/networks?${filters}`)) as readonly { Id: string }[]
  const images = (await list(`/images/json?${filters}`)) as readonly { Id: string }[]
  const { Volumes: volumes } = (await list(`/volumes?${filters}`)) as { Volumes: readonly { Name: string }[] | null }
  const rest = [
    ...networks.map(({ Id }) => `/networks/${Id}`),
    ...images.map(({ Id }) => `/images/${Id}?force=true`),
    ...(data === 'kept' ? [] : (volumes ?? []).map(({ Name }) => `/volumes/${Name}`)),
  ]
  await Promise.all(rest.map((path) => engineRequest(engine, { method: 'DELETE', path })))
}

function engineAddress(): string | undefined {
  const given = process.env['DOCKER_HOST']
  if (given) return given
  const socket = usualSockets().find((path) => existsSync(path))
  return socket === undefined ? undefined : `unix://${socket}`
}

/** @see https://node.testcontainers.org/supported-container-runtimes/ */
function usualSockets(): string[] {
  const runtime = process.env['XDG_RUNTIME_DIR']
  return [
    '/var/run/docker.sock',
    ...(runtime === undefined ? [] : [join(runtime, 'docker.sock')]),
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(homedir(), '.docker', 'desktop', 'docker.sock'),
    join('/run/user', String(userInfo().uid), 'docker.sock'),
  ]
}

/**
 * Where /.dockerenv exists Testcontainers takes itself to be in a container and looks for published ports at the bridge's
 * gateway. That is wrong where the engine runs on this very machine, which it does when both have the same name.
 */
async function correctContainerGuess(engine: string): Promise<void> {
  if (process.env[HOST_OVERRIDE] !== undefined || !existsSync('/.dockerenv')) return
  const { body } = await engineRequest(engine, { path: '/info', timeoutMs: PING_TIMEOUT_MS })
  const { Name: name } = JSON.parse(body) as { Name?: string }
  if (name === hostname()) process.env[HOST_OVERRIDE] = '127.0.0.1'
}
