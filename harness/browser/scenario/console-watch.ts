import type { Page } from 'playwright-core'

/** What went wrong in pages, as their consoles tell. */
export type ConsoleWatch = Readonly<{
  watch: (page: Page) => void
  /** Lets pass from now on what a story brings about: a refused call is an error for the console of a browser. */
  expect: (pattern: RegExp) => void
  /** What was not expected. */
  errors: () => readonly string[]
}>

export function watchConsoles(): ConsoleWatch {
  const expected: RegExp[] = []
  const said: string[] = []
  return {
    watch(page) {
      page.on('pageerror', (error) => said.push(`thrown: ${error.stack ?? error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') said.push(`${message.text()} (${message.location().url})`)
      })
    },
    expect: (pattern) => void expected.push(pattern),
    errors: () => said.filter((text) => !expected.some((pattern) => pattern.test(text))),
  }
}
