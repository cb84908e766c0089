import { createContext, use } from 'react'
import type { ControlApi } from './control-api.ts'

export const ApiContext = createContext<ControlApi | undefined>(undefined)

/** The API of the stack that is shown. */
export function useApi(): ControlApi {
  const api = use(ApiContext)
  if (!api) throw new TypeError('There is no API here. Draw this within an ApiContext.')
  return api
}
