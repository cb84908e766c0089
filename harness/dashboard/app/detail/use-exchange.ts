import { useEffect, useState } from 'react'
import type { ExchangeDetail } from '#harness/control/types.ts'
import { useApi } from '../connection/api-context.ts'

/** An exchange that is read closely, and how that stands. */
export type ReadExchange =
  | Readonly<{ kind: 'reading' }>
  | Readonly<{ kind: 'read'; exchange: ExchangeDetail }>
  | Readonly<{ kind: 'failed'; error: unknown }>

/** Reads an exchange; what was asked before is given up. */
export function useExchange(id: number): ReadExchange {
  const api = useApi()
  const [read, setRead] = useState<ReadExchange>({ kind: 'reading' })
  useEffect(() => {
    const gone = new AbortController()
    const settle = (next: ReadExchange): void => {
      if (!gone.signal.aborted) setRead(next)
    }
    api.getExchange({ params: { id } }, { signal: gone.signal }).then(
      ({ body }) => settle({ kind: 'read', exchange: body }),
      (error: unknown) => settle({ kind: 'failed', error }),
    )
    return () => gone.abort()
  }, [api, id])
  return read
}
