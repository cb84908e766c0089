import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { withDeadline } from '#harness/live-kit/deadline.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Logs } from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'

/** Files under the storage mount. Each call answers or throws in time, also where the mount hangs. */
export type Storage = Readonly<{
  /** Keeps a file, whole or not at all. Gives its path under the mount: `YYYY/MM/DD/<id>`, by the day in UTC. */
  save: (id: string, content: Uint8Array) => Promise<string>
  read: (path: string) => Promise<Uint8Array<ArrayBuffer>>
  remove: (path: string) => Promise<void>
  /** Throws where the mount does not answer, or is no directory. Not counted in metrics. */
  check: () => Promise<void>
}>

/** Node has four threads for files and passwords together: so many may hang, the others stay free. */
const hangingAllowed = 2

type Tools = Readonly<{
  logs: Logs
  metrics: Metrics
  /** How long an operation may take; some 1.5 s unless told. */
  patienceMs?: number
}>

/** Opens the storage at a mount. The mount itself is never created: where it is missing, nothing may be written beneath it. */
export function openStorage(mount: string, { logs, metrics, patienceMs = 1_500 }: Tools): Storage {
  let hanging = 0
  let checking: Promise<void> | undefined

  async function bounded<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (hanging >= hangingAllowed) throw new Error(`${what} was not begun: the storage mount hangs`)
    const begun = work()
    let late = false
    const release = (): void => {
      if (late) hanging -= 1
    }
    begun.then(release, release)
    const noticed = setTimeout(() => {
      late = true
      hanging += 1
    }, patienceMs)
    begun.finally(() => clearTimeout(noticed)).catch(() => undefined)
    return withDeadline(what, patienceMs, begun)
  }
  async function counted<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      const value = await bounded(operation, work)
      metrics.storageOperations.inc({ operation, result: 'ok' })
      logs.storage.info({ operation }, 'Storage used')
      return value
    } catch (error) {
      metrics.storageOperations.inc({ operation, result: 'failed' })
      logs.storage.warn({ operation, reason: reasonOf(error) }, 'Storage failed')
      throw error
    }
  }
  return {
    save: (id, content) =>
      counted('save', async () => {
        const path = [...new Date().toISOString().slice(0, 10).split('-'), id].join('/')
        await makeDirectories(mount, dirname(path))
        await writeWhole(join(mount, path), content)
        return path
      }),
    read: (path) => counted('read', async () => new Uint8Array(await readFile(join(mount, path)))),
    remove: (path) => counted('remove', () => rm(join(mount, path), { force: true })),
    check() {
      // One at a time: many that hang would take the threads of everything else.
      checking ??= bounded('check', () => expectDirectory(mount)).finally(() => (checking = undefined))
      return checking
    },
  }
}

async function expectDirectory(path: string): Promise<void> {
  if (!(await stat(path)).isDirectory()) throw new Error('the storage mount is no directory')
}

/** One by one, as `recursive` would create a missing mount too. */
async function makeDirectories(mount: string, path: string): Promise<void> {
  let directory = mount
  for (const name of path.split('/')) {
    directory = join(directory, name)
    await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Under another name first: a reader finds a whole file or none, also after a crash. */
async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const unfinished = `${path}.part`
  try {
    await writeFile(unfinished, content, { flush: true })
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw error
  }
}
