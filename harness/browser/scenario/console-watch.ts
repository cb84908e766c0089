import type { ConsoleMessage, Page } from 'playwright-core'

/** What went wrong in pages, as their consoles tell. */
export type ConsoleWatch = Disposable &
  Readonly<{
    watch: (page: Page) => void
    /** Lets pass from now on what a story brings about: a refused call is an error for the console of a browser. */
    expect: (pattern: RegExp) => void
    /** What was not expected. */
    errors: () => readonly string[]
  }>

/** Watches pages until it is disposed of. */
export function watchConsoles(): ConsoleWatch {
  const expected: RegExp[] = []
  const said: string[] = []
  const watched: Page[] = []
  const onError = (error: Error): void => void said.push(`thrown: ${error.stack ?? error.message}`)
  function onMessage(message: ConsoleMessage): void {
    if (message.type() === 'error') said.push(`${message.text()} (${message.location().url})`)
  }
  return {
    watch(page) {
      watched.push(page.on('pageerror', onError).on('console', onMessage))
    },
    expect: (pattern) => void expected.push(pattern),
    errors: () => said.filter((text) => !expected.some((pattern) => pattern.test(text))),
    [Symbol.dispose]() {
      for (const page of watched) page.off('pageerror', onError).off('console', onMessage)
    },
  }
}
