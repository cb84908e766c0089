import { createContext, useContext } from 'react'
import type { Api } from '../api.ts'

/** The backend, for all components. */
export const ApiContext = createContext<Api | undefined>(undefined)

/** @throws TypeError outside an ApiContext */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new TypeError('useApi is called outside an ApiContext. Put one around the app.')
  return api
}
