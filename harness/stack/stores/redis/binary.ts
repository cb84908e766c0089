import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onFreePort } from '../../ports.ts'
import { startProcess } from '../../process.ts'
import type { RunningProcess } from '../../process.ts'
import { identifyOrStop } from '../identify-or-stop.ts'
import { findPrograms, pathFolders } from '../programs.ts'
import { tryStart } from '../rung.ts'
import type { Rung } from '../rung.ts'
import { runningStore } from '../store.ts'
import type { RunningStore } from '../store.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { identifyRedis } from './identify.ts'

type Settings = { directory: string; port: number; password: string }

/** The redis-server on PATH: on a free port of 127.0.0.1, with a password made for it, nothing on disk. */
export const redisBinary: Rung = {
  mode: 'binaries',
  async start(env) {
    const program = findPrograms(['redis-server'], pathFolders(env))?.['redis-server']
    if (program === undefined) return { kind: 'unavailable', reason: 'redis-server is not on PATH' }
    return tryStart(() => startServer(program))
  },
}

async function startServer(program: string): Promise<RunningStore> {
  const password = randomBytes(16).toString('hex')
  const directory = await temporaryDirectory('redis')
  try {
    const { server, port } = await onFreePort(async (candidate) => {
      const settings = { directory: directory.path, port: candidate, password }
      return { server: await serve(program, settings), port: candidate }
    })
    const url = `redis://:${password}@127.0.0.1:${port}`
    const stop = async (): Promise<void> => {
      await server.stop()
      await directory.remove()
    }
    const description = `${await identifyOrStop({ url, stop }, identifyRedis)}, binary ${program}`
    return runningStore({ kind: 'redis', mode: 'binaries', url, description, stop })
  } catch (error) {
    await directory.remove()
    throw error
  }
}

/** The settings go into a file: arguments, and with them the password, are there for every user to read. */
async function serve(program: string, settings: Settings): Promise<RunningProcess> {
  const { directory, port, password } = settings
  const file = join(directory, 'redis.conf')
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    `dir "${directory}"`,
  ]
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  const ready = { kind: 'log', pattern: /Ready to accept connections/ } as const
  return startProcess({ name: 'redis', command: program, args: [file], ready })
}
