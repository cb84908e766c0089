import { client, type Client } from '#harness/client/client.ts'
import type { ClientCredentials } from '#harness/client/options.ts'
import { control } from '#harness/control/contract.ts'

/** What can be asked of the stack. */
export type ControlApi = Client<typeof control>

type Address = Readonly<{ baseUrl: string; token: string }>

/** The API of the stack. Setting a state up or swapping a component may take its time. */
export function controlApi({ baseUrl, token }: Address): ControlApi {
  return client(control, { baseUrl, credentials: bearer(token), retries: 0, timeoutMs: 60_000 })
}

/**
 * What happens from now on. `onOpen` is called when the stack has begun to tell: what is read after that lacks nothing.
 * It does not resume by itself: after a break all is read anew, as the stack may be another one.
 */
export function liveNews(
  { baseUrl, token }: Address,
  { signal, onOpen }: Readonly<{ signal: AbortSignal; onOpen: () => void }>,
): ReturnType<ControlApi['live']> {
  const fetchAndTell: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (response.ok) onOpen()
    return response
  }
  const api = client(control, { baseUrl, credentials: bearer(token), retries: 0, fetch: fetchAndTell })
  return api.live({}, { signal })
}

function bearer(token: string): ClientCredentials {
  return { kind: 'bearer', token: () => token }
}
