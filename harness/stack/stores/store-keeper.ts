import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EnvironmentError } from '../environment-error.ts'
import { startStore } from './start-store.ts'
import { runningStore, STORE_KINDS, type RunningStore, type StoreKind } from './store.ts'

/** The variable that says where the stores of a run can be asked for. Its value is as secret as they are. */
export const keeperVariable = 'CONCORDAT_STORE_KEEPER'

/** Keeps the stores that the processes of one run share. */
export type StoreKeeper = AsyncDisposable & Readonly<{ address: string; stop: () => Promise<void> }>

/**
 * Starts the keeper of a run's stores, on loopback: each kind is started once, when the first process asks for it, so
 * that no store runs that nobody needs. Stopping it stops them.
 */
export async function startStoreKeeper(): Promise<StoreKeeper> {
  const started = new Map<StoreKind, Promise<RunningStore>>()
  const secret = randomBytes(16).toString('hex')
  const server = createServer((request, response) => {
    const kind = STORE_KINDS.find((known) => request.url === `/${secret}/${known}`)
    if (kind === undefined) return void response.writeHead(404).end()
    const store = started.get(kind) ?? startStore(kind)
    started.set(kind, store)
    store.then(
      ({ mode, url, description }) => response.end(JSON.stringify({ mode, url, description })),
      (error: Error) => response.writeHead(503).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  async function stop(): Promise<void> {
    server.closeAllConnections()
    server.close()
    const outcomes = await Promise.allSettled(started.values())
    started.clear()
    const stores = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    await Promise.all(stores.map((store) => store.stop()))
  }
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`
  return { address, stop, [Symbol.asyncDispose]: stop }
}

/**
 * The store of this kind that the run shares, whose `stop` then does nothing; else one of its own.
 * @throws EnvironmentError where it cannot be had
 */
export async function obtainStore(kind: StoreKind): Promise<RunningStore> {
  const keeper = process.env[keeperVariable]
  if (!keeper) return startStore(kind)
  const reply = await fetch(`${keeper}/${kind}`)
  const text = await reply.text()
  if (!reply.ok) throw new EnvironmentError(text)
  const { mode, url, description } = JSON.parse(text) as Pick<RunningStore, 'mode' | 'url' | 'description'>
  return runningStore({ kind, mode, url, description, stop: () => Promise.resolve() })
}
