import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import type { StoreNeed } from '#harness/contract/system.ts'
import { createDatabase, dropDatabase } from '../stores/database.ts'
import { claimCacheDatabase } from '../stores/redis/claim-cache-database.ts'
import { obtainStore } from '../stores/store-keeper.ts'
import { temporaryDirectory } from '../stores/temporary-directory.ts'
import { startTcpTap, throughTap } from '../tcp-tap.ts'

/** A store as one component sees it: a part of its own in a store that others may share, behind a tap that can be cut. */
export type BoundStore = AsyncDisposable &
  Readonly<{
    name: string
    /** What the component's variable is set to. */
    address: string
    /** For people: `PostgreSQL 17.11, container postgres:17-alpine`. */
    description: string
    /** Makes it answer nothing until it is restored. */
    cut: () => Promise<void>
    restore: () => Promise<void>
  }>

/**
 * Opens a store for one component, shared with no other: stores of several components may have the same name.
 * @throws EnvironmentError where it cannot be had.
 */
export async function bindStore(name: string, need: StoreNeed): Promise<BoundStore> {
  switch (need.kind) {
    case 'postgres':
      return bindPostgres(name)
    case 'redis':
      return bindRedis(name)
    case 'directory':
      return bindDirectory(name)
  }
}

async function bindPostgres(name: string): Promise<BoundStore> {
  const store = await obtainStore('postgres')
  const url = await createDatabase(store.url, `concordat_${randomUUID().replaceAll('-', '')}`)
  return tapped({ name, url, defaultPort: 5432, description: store.description }, async () => {
    await dropDatabase(store.url, url)
    await store.stop()
  })
}

async function bindRedis(name: string): Promise<BoundStore> {
  const store = await obtainStore('redis')
  const url = await claimCacheDatabase(store.url)
  return tapped({ name, url, defaultPort: 6379, description: store.description }, () => store.stop())
}

type Server = Readonly<{ name: string; url: string; defaultPort: number; description: string }>

async function tapped(
  { name, url, defaultPort, description }: Server,
  close: () => Promise<void>,
): Promise<BoundStore> {
  const { hostname, port } = new URL(url)
  const tap = await startTcpTap({ target: { host: hostname, port: Number(port) || defaultPort } })
  return {
    name,
    description,
    address: throughTap(url, tap),
    cut: () => Promise.resolve(tap.cut()),
    restore: () => Promise.resolve(tap.restore()),
    async [Symbol.asyncDispose]() {
      await tap.stop()
      await close()
    },
  }
}

async function bindDirectory(name: string): Promise<BoundStore> {
  const directory = await temporaryDirectory(name)
  const { path } = directory
  const away = `${path}.cut`
  let isCut = false
  async function move(cut: boolean): Promise<void> {
    if (cut === isCut) return
    await (cut ? rename(path, away) : rename(away, path))
    isCut = cut
  }
  return {
    name,
    description: 'a directory of its own',
    address: path,
    cut: () => move(true),
    restore: () => move(false),
    async [Symbol.asyncDispose]() {
      await move(false)
      await directory.remove()
    },
  }
}
