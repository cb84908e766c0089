import { build, mergeConfig } from 'vite'
import type { App } from '../app.ts'
import { markBuildFolder } from './build-folder.ts'
import { appConfig } from './config.ts'
import type { HostedMock } from './hosted-mock.ts'
import { withMocks } from './mocks-plugin.ts'

export type BuildOptions = Readonly<{
  /** Where to build; the folder is emptied before. */
  folder: string
  /** What is put into the pages as `import.meta.env.NAME`. */
  variables: Readonly<Record<string, string>>
  /** Mocks that go with the pages and run in the browser. Default none. */
  mocks?: readonly HostedMock[]
}>

/** Builds the pages of an app into static files, in a folder that `checkBuildFolder` let pass. */
export async function buildApp(app: App, { folder, variables, mocks = [] }: BuildOptions): Promise<void> {
  // What libraries go by; a test run that builds has another one.
  process.env['NODE_ENV'] = 'production'
  await build(
    mergeConfig(mergeConfig(appConfig(app, variables), mocks.length > 0 ? withMocks(mocks) : {}), {
      build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 1_000 },
    }),
  )
  await markBuildFolder(folder)
}
