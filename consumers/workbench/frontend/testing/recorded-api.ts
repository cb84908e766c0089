import { cookieJar, type CookieJar } from '#harness/client/cookie-jar.ts'
import type { ClientCredentials } from '#harness/client/options.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import { createApi, type Api, type ApiOptions } from '../api.ts'

/** The API as somebody uses it who has not signed in. */
export function anonymous({ url }: RecordingApi, options: Partial<ApiOptions> = {}): Api {
  return createApi({ baseUrl: url, credentials: { kind: 'none' }, retryDelayMs: 1, ...options })
}

/** The API as the browser of somebody uses it who has signed in: the session is in a cookie. */
export function withCookie(api: RecordingApi): Api {
  return withJar(api, jarOf(api))
}

/** The API over a jar that stands for a browser's cookies. */
export function withJar({ url }: RecordingApi, jar: CookieJar): Api {
  return apiAt(url, { kind: 'cookies', jar })
}

/** The cookies of somebody who has signed in. */
export function jarOf({ placeholder }: RecordingApi): CookieJar {
  const jar = cookieJar()
  jar.set('token', placeholder)
  return jar
}

/** The API as a program uses it that brings its session as a bearer token. */
export function withBearer({ url, placeholder }: RecordingApi): Api {
  return apiAt(url, { kind: 'bearer', token: () => placeholder })
}

function apiAt(baseUrl: string, credentials: ClientCredentials): Api {
  return createApi({ baseUrl, credentials, retryDelayMs: 1 })
}
