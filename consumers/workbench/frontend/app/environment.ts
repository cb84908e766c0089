import type { ApiOptions } from '../api.ts'

/** Where the backend is, as the page was told; an empty address means the page's own origin. */
export function addressesOf(
  {
    VITE_API_URL: apiUrl = 'http://localhost:4512',
    VITE_WS_URL: wsUrl = '',
  }: Readonly<Record<string, string | undefined>>,
  origin: string,
): Pick<ApiOptions, 'baseUrl' | 'wsUrl'> {
  return { baseUrl: apiUrl || origin, ...(wsUrl !== '' && { wsUrl }) }
}
