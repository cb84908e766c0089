import { engineRequest } from '../stores/docker-engine.ts'
import type { ComposeFile } from './compose-file.ts'
import type { Service } from './store-services.ts'

/** The first engine that asks a container more often while it starts: Docker 25. */
const neededVersion = [1, 44] as const

/**
 * The same services, asked four times a second whether they are healthy until they are, and seldom from then on: each
 * question starts a process in the container. Engines before Docker 25 refuse such a file.
 */
export function quickStart(file: ComposeFile): ComposeFile {
  const services = Object.entries(file.services).map(([name, service]) => [name, asked(service)] as const)
  return { ...file, services: Object.fromEntries(services) }
}

function asked(service: Service): Service {
  if (!service.healthcheck) return service
  const often = { interval: '10s', start_period: '120s', start_interval: '250ms' }
  return { ...service, healthcheck: { ...service.healthcheck, ...often } }
}

/** Whether an engine takes such a file. */
export async function startsQuickly(engine: string): Promise<boolean> {
  const { body } = await engineRequest(engine, { path: '/version' })
  const { ApiVersion: version = '' } = JSON.parse(body) as { ApiVersion?: string }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > neededVersion[0] || (major === neededVersion[0] && minor >= neededVersion[1])
}
