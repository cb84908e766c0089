import { backend } from '#contracts/workbench/backend.ts'
import { client } from '#harness/client/client.ts'
import type { ClientOptions } from '#harness/client/options.ts'
import { authOf, type Auth } from './auth.ts'
import { chatOf, type Chat } from './chat.ts'
import { conversationsOf, type Conversations } from './conversations.ts'
import { filesOf, type Files } from './files.ts'
import { liveOf, type Live } from './live-channel.ts'
import { operationalOf, type Operational } from './operational.ts'

export type ApiOptions = ClientOptions &
  Readonly<{
    /** Where the live channel is, where that is another address: what `VITE_WS_URL` says. */
    wsUrl?: string
  }>

/** All that the pages of the workbench ask of its backend. */
export type Api = Auth & Chat & Files & Live & Operational & Readonly<{ conversations: Conversations }>

/**
 * Makes the API client of the pages. `baseUrl` is what `VITE_API_URL` says; empty means the page's own origin. The
 * browser carries the session in its cookie unless `credentials` says otherwise.
 * Every function throws what harness/client/errors.ts lists; `refusalOf` tells what a person can do about it.
 */
export function createApi({ wsUrl, ...options }: ApiOptions): Api {
  const settings: ClientOptions = { credentials: { kind: 'browser' }, ...options }
  const calls = client(backend, settings)
  const channels = wsUrl === undefined ? calls : client(backend, { ...settings, baseUrl: wsUrl })
  return {
    ...authOf(calls),
    ...chatOf(calls),
    ...filesOf(calls),
    ...liveOf(channels),
    ...operationalOf(calls),
    conversations: conversationsOf(calls),
  }
}
