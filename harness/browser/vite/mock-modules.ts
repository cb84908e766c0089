import { fileURLToPath } from 'node:url'
import type { HostedMock } from './hosted-mock.ts'

/** What runs in the page before the app, and what runs in the worker that all its tabs share. */
const pageEntry = fileURLToPath(new URL('../page/start-mocks.ts', import.meta.url))
export const workerEntry: string = fileURLToPath(new URL('../worker/mock-worker.ts', import.meta.url))

/** The files that mocks in the browser begin with. */
export function mockEntries(mocks: readonly HostedMock[]): readonly string[] {
  return [pageEntry, workerEntry, ...mocks.map(({ file }) => file)]
}

/** The module that gives the worker its mocks. */
export function mocksSource(mocks: readonly HostedMock[]): string {
  const imports = mocks.map(({ file }, index) => `import { mock as mock${index} } from ${JSON.stringify(file)}`)
  const hosted = mocks.map(({ file: _file, ...rest }, index) => `{ ...${JSON.stringify(rest)}, mock: mock${index} }`)
  return `${imports.join('\n')}\nexport const hosted = [${hosted.join(',\n')}]\n`
}

/** The module that a page begins with: first the mocks, then the app. `name` is what the tabs find their worker by. */
export function startSource(mocks: readonly HostedMock[], { entry, name }: { entry: string; name: string }): string {
  const options = { name, origins: mocks.map(({ origin }) => origin) }
  return [
    `import { startMocks } from ${JSON.stringify(pageEntry)}`,
    `import workerUrl from ${JSON.stringify(`${workerEntry}?sharedworker&url`)}`,
    `await startMocks({ workerUrl, ...${JSON.stringify(options)} })`,
    `await import(${JSON.stringify(entry)})`,
  ].join('\n')
}
