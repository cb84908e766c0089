import { useEffect, useRef, useState } from 'react'
import type { EdgeCoverage } from '#harness/control/types.ts'
import { useApi } from '../connection/api-context.ts'
import type { ExchangeLog } from '../log/exchange-log.ts'

/** What pacts cover, and how reading it stands. */
export type ReadCoverage =
  | Readonly<{ kind: 'reading' }>
  | Readonly<{ kind: 'read'; edges: readonly EdgeCoverage[] }>
  | Readonly<{ kind: 'failed'; error: unknown }>

/** Traffic does not make it be read more often than this. */
const betweenMs = 1_000

/** Reads what pacts cover while it is shown, and again after something came in. */
export function useCoverage(log: ExchangeLog, isShown: boolean): ReadCoverage {
  const api = useApi()
  const [read, setRead] = useState<ReadCoverage>({ kind: 'reading' })
  const latest = useRef(log)
  useEffect(() => {
    latest.current = log
  }, [log])
  useEffect(() => {
    if (!isShown) return
    const gone = new AbortController()
    let known: ExchangeLog | undefined
    function readAgain(): void {
      if (known === latest.current) return
      known = latest.current
      api.getCoverage({}, { signal: gone.signal }).then(
        ({ body }) => gone.signal.aborted || setRead({ kind: 'read', edges: body.edges }),
        (error: unknown) => gone.signal.aborted || setRead({ kind: 'failed', error }),
      )
    }
    readAgain()
    const timer = setInterval(readAgain, betweenMs)
    return () => {
      clearInterval(timer)
      gone.abort()
    }
  }, [api, isShown])
  return read
}
