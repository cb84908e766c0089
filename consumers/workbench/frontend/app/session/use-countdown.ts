import { useEffect, useState } from 'react'

/** Seconds until a moment, counted down to 0. */
export function useCountdown(until: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  const left = until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1000))
  useEffect(() => {
    setNow(Date.now())
    if (until === undefined) return undefined
    const timer = setInterval(() => setNow(Date.now()), 250)
    const end = setTimeout(() => clearInterval(timer), Math.max(0, until - Date.now()) + 500)
    return () => {
      clearInterval(timer)
      clearTimeout(end)
    }
  }, [until])
  return left
}
