import type { Component, StoreNeed } from '#harness/contract/system.ts'

/** One service of a Compose file, as far as live services need it. */
export type Service = Readonly<{
  image?: string
  build?: Readonly<{ context: string; dockerfile: string; target?: string; args?: Readonly<Record<string, string>> }>
  command?: readonly string[]
  environment?: Readonly<Record<string, string>>
  ports?: readonly string[]
  depends_on?: Readonly<Record<string, Dependency>>
  healthcheck?: HealthCheck
  volumes?: readonly string[]
  restart?: string
}>

type Dependency = Readonly<{
  condition: 'service_healthy' | 'service_started'
  /** Starts the service anew where what it depends on is made anew. */
  restart?: true
}>

type HealthCheck = Readonly<{
  test: readonly string[]
  interval: string
  timeout: string
  retries: number
  start_period?: string
  start_interval?: string
}>

/** How often a container is asked whether it is healthy. */
export const often = { interval: '1s', timeout: '3s', retries: 60 }

/** The user, password and database of a store that only its own network reaches. */
const databaseUser = 'concordat'

/** Where a store keeps its data in its container. */
const dataFolders = { postgres: '/var/lib/postgresql/data', redis: '/data' } as const

/**
 * The service that a database or a cache is, with a volume of its own name. It is published on a free port of loopback, for
 * tools and state set-up.
 */
export function databaseService(kind: Exclude<StoreNeed['kind'], 'directory'>, volume: string): Service {
  const volumes = [`${volume}:${dataFolders[kind]}`]
  switch (kind) {
    case 'postgres':
      return {
        image: 'postgres:17-alpine',
        environment: { POSTGRES_USER: databaseUser, POSTGRES_PASSWORD: databaseUser, POSTGRES_DB: databaseUser },
        ports: ['127.0.0.1:0:5432'],
        volumes,
        // Over TCP: while the image sets itself up it answers on its socket already.
        healthcheck: { test: ['CMD', 'pg_isready', '-h', '127.0.0.1', '-U', databaseUser], ...often },
      }
    case 'redis':
      return {
        image: 'redis:7-alpine',
        ports: ['127.0.0.1:0:6379'],
        volumes,
        healthcheck: { test: ['CMD', 'redis-cli', 'ping'], ...often },
      }
  }
}

/** The port that a store listens on in its own network. */
export const storePorts = { postgres: 5432, redis: 6379 } as const

/** What a component's variable says of a server at this host and port. */
export function serverAddress(kind: keyof typeof storePorts, host: string, port: number): string {
  const place = `${host}:${port}`
  return kind === 'postgres'
    ? `postgres://${databaseUser}:${databaseUser}@${place}/${databaseUser}`
    : `redis://${place}`
}

/** Asks a component's ready path with the Node of its own image; without one, whether it answers at all. */
export function nodeCheck({ port = 0, readyPath }: Component): HealthCheck {
  const healthy = readyPath === undefined ? '() => process.exit(0)' : '({ ok }) => process.exit(ok ? 0 : 1)'
  const script = `fetch('http://127.0.0.1:${port}${readyPath ?? '/'}').then(${healthy}, () => process.exit(1))`
  return { test: ['CMD', 'node', '-e', script], ...often }
}
