import { createApi, type Api } from '#consumers/workbench/frontend/api.ts'
import { cookieJar } from '#harness/client/cookie-jar.ts'
import type { Stack } from '#harness/scenario/stack.ts'

/** The frontend's API as a browser that nobody has signed in with uses it. */
export function newBrowser(stack: Stack): Api {
  return createApi({ baseUrl: stack.url('frontend', 'backend'), credentials: { kind: 'cookies', jar: cookieJar() } })
}

/** An account, and a browser that is signed in with it by address and password. */
export async function signedInBrowser(stack: Stack, email = 'ann@example.com'): Promise<Api> {
  const password = 'placeholder-password'
  await stack.setUp('backend', 'userExists', { email, password })
  const browser = newBrowser(stack)
  await browser.signIn(email, password)
  return browser
}
