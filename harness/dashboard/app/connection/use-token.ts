import { useEffect, useState } from 'react'
import { tokenIn } from './token.ts'

/** The token in the address, and what puts another one there. */
export function useToken(): readonly [string | undefined, (token: string) => void] {
  const [token, setToken] = useState(() => tokenIn(location.hash))
  useEffect(() => {
    const read = (): void => setToken(tokenIn(location.hash))
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return [token, (next) => (location.hash = next)]
}
