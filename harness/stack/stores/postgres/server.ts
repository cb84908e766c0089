import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onFreePort } from '../../ports.ts'
import { startProcess } from '../../process.ts'
import type { RunningProcess } from '../../process.ts'
import { runProcess } from '../../run-process.ts'
import { identifyOrStop } from '../identify-or-stop.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { identifyPostgres } from './identify.ts'
import { serverUser } from './server-user.ts'
import type { ServerUser } from './server-user.ts'
import { DATABASE_USER, serverArgs } from './settings.ts'

export type PostgresPrograms = { initdb: string; postgres: string }
/** A server that runs; `title` is what it says it is: `PostgreSQL 17.11`. */
export type PostgresServer = { url: string; title: string; stop: () => Promise<void> }

type Cluster = {
  programs: PostgresPrograms
  directory: string
  identity: Identity
  password: string
  settings: Readonly<Record<string, string>>
}
type Identity = { uid?: number; gid?: number }

/**
 * Runs PostgreSQL from its programs: a cluster of its own in a temporary directory, on a free port of 127.0.0.1, with a
 * password made for it. As root it runs as the system user `postgres`, or else `nobody`.
 * @throws EnvironmentError when a program fails, with its last lines; Error when no user can run it
 */
export async function startPostgresServer(programs: PostgresPrograms): Promise<PostgresServer> {
  const user = serverUser()
  if (user.kind === 'none') throw new Error(user.reason)
  const identity = identityOf(user)
  const password = randomBytes(16).toString('hex')
  const directory = await temporaryDirectory('postgres', user.kind === 'other' ? user : undefined)
  try {
    const cluster: Cluster = { programs, directory: directory.path, identity, password, settings: {} }
    await initialise(cluster, user)
    return await serveCluster(cluster, () => directory.remove())
  } catch (error) {
    await directory.remove()
    throw error
  }
}

/**
 * Runs PostgreSQL over a cluster that stays: made where there is none, in a directory of its own, and written through to the disk.
 * @throws EnvironmentError when a program fails, as where another server has the cluster open; Error when no user can run it
 */
export async function startLastingPostgres(programs: PostgresPrograms, directory: string): Promise<PostgresServer> {
  const user = serverUser()
  if (user.kind === 'none') throw new Error(user.reason)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (user.kind === 'other') await chown(directory, user.uid, user.gid)
  const settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
  const isNew = !existsSync(join(directory, 'data', 'PG_VERSION'))
  const password = isNew ? randomBytes(16).toString('hex') : await readFile(join(directory, 'password'), 'utf8')
  const cluster: Cluster = { programs, directory, identity: identityOf(user), password, settings }
  if (isNew) await initialise(cluster, user)
  return serveCluster(cluster, async () => {})
}

async function serveCluster(cluster: Cluster, remove: () => Promise<void>): Promise<PostgresServer> {
  const { server, port } = await onFreePort((candidate) => serve(cluster, candidate))
  const url = `postgres://${DATABASE_USER}:${cluster.password}@127.0.0.1:${port}/postgres`
  const stop = async (): Promise<void> => {
    await server.stop()
    await remove()
  }
  return { url, title: await identifyOrStop({ url, stop }, identifyPostgres), stop }
}

async function initialise({ programs, directory, identity, password }: Cluster, user: ServerUser): Promise<void> {
  const passwordFile = join(directory, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user.kind === 'other') await chown(passwordFile, user.uid, user.gid)
  const access = ['--username', DATABASE_USER, '--auth', 'password', '--pwfile', passwordFile]
  const content = ['--no-sync', '--encoding', 'UTF8', ...(await localeArgs(programs, identity))]
  await runProcess({
    name: 'initdb',
    command: programs.initdb,
    args: ['--pgdata', join(directory, 'data'), ...access, ...content],
    cwd: directory,
    ...identity,
  })
}

/** Sorting by code point, letters of all alphabets: the built-in provider since 17, before that the C library's. */
async function localeArgs(programs: PostgresPrograms, identity: Identity): Promise<string[]> {
  const [line = ''] = await runProcess({
    name: 'postgres',
    command: programs.postgres,
    args: ['--version'],
    ...identity,
  })
  const major = Number(/(\d+)/.exec(line)?.[1])
  if (major >= 17) return ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
  return process.platform === 'linux' ? ['--locale', 'C', '--lc-ctype', 'C.UTF-8'] : ['--locale', 'C']
}

async function serve(cluster: Cluster, port: number): Promise<{ server: RunningProcess; port: number }> {
  const { programs, directory, identity } = cluster
  const settings = serverArgs({
    ...cluster.settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    dynamic_shared_memory_type: 'mmap', // in the data directory, so that it goes with it
  })
  const server = await startProcess({
    name: 'postgres',
    command: programs.postgres,
    args: ['-D', join(directory, 'data'), '-p', String(port), ...settings],
    cwd: directory,
    ready: { kind: 'log', pattern: /database system is ready to accept connections/ },
    stopSignal: 'SIGINT', // "fast shutdown": does not wait for clients
    ...identity,
  })
  return { server, port }
}

function identityOf(user: ServerUser): Identity {
  return user.kind === 'other' ? { uid: user.uid, gid: user.gid } : {}
}
