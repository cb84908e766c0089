import { AsyncLocalStorage } from 'node:async_hooks'

const current = new AsyncLocalStorage<{ readonly requestId: string }>()

/** Runs something on behalf of a request: whatever it logs, now or later, carries the request's id. */
export function withRequestId<T>(requestId: string, run: () => T): T {
  return current.run({ requestId }, run)
}

/** The id of the request that this runs for; undefined outside of any. */
export function currentRequestId(): string | undefined {
  return current.getStore()?.requestId
}
