import { fileURLToPath } from 'node:url'
import { build, type InlineConfig, type Plugin } from 'vite'
import { projectRoot } from '#harness/project/paths.ts'

/** A mock that goes into a bundle. */
export type BundledMock = Readonly<{
  component: string
  /** The file that exports it as `mock`. */
  file: string
  origin: string
  /** What it is started with, as JSON has it. */
  options: unknown
}>

/** Scripts that need nothing but MSW: the stand-ins as handlers for Node; a page's link to the worker that they run in. */
export type Bundles = Readonly<Record<'node' | 'page' | 'worker', string>>

const inHarness = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))
const workerAddress = '__CONCORDAT_WORKER__'
const msw = /^msw($|\/)/

/**
 * Bundles mocks with all that they need of this project.
 * @throws what the bundler throws where a mock needs what a browser does not have.
 */
export async function bundleMocks(system: string, mocks: readonly BundledMock[]): Promise<Bundles> {
  const origins = mocks.map(({ origin }) => origin)
  const sources = {
    'virtual:concordat/mocks': hostedSource(mocks),
    'virtual:concordat/node': nodeSource,
    'virtual:concordat/page': pageSource(`concordat-${system}`, origins),
  }
  const [node, page, worker] = await Promise.all([
    bundle('virtual:concordat/node', sources, { build: { ssr: true }, ssr: { noExternal: true, external: ['msw'] } }),
    bundle('virtual:concordat/page', sources, {}),
    bundle(inHarness('browser/worker/mock-worker.ts'), sources, {}),
  ])
  return { node, page: page.replace(workerAddress, "new URL('./worker.js', import.meta.url)"), worker }
}

function hostedSource(mocks: readonly BundledMock[]): string {
  const imports = mocks.map(({ file }, index) => `import { mock as mock${index} } from ${JSON.stringify(file)}`)
  const hosted = mocks.map(
    ({ file: _file, ...rest }, index) => `{ ...${JSON.stringify({ ...rest, states: [] })}, mock: mock${index} }`,
  )
  return `${imports.join('\n')}\nexport const hosted = [${hosted.join(',\n')}]\n`
}

const nodeSource = [
  `import { standIns as start } from ${JSON.stringify(inHarness('mock/msw/stand-ins.ts'))}`,
  "import { hosted } from 'virtual:concordat/mocks'",
  'export const standIns = (options) => start(hosted, options)',
].join('\n')

function pageSource(name: string, origins: readonly string[]): string {
  const options = JSON.stringify({ name, origins })
  return [
    `import { startMocks as start } from ${JSON.stringify(inHarness('browser/page/start-mocks.ts'))}`,
    `export const startMocks = () => start({ workerUrl: ${workerAddress}.href, ...${options} })`,
  ].join('\n')
}

async function bundle(
  entry: string,
  sources: Readonly<Record<string, string>>,
  { build: how, ...config }: InlineConfig,
): Promise<string> {
  const built = await build({
    ...config,
    configFile: false,
    envDir: false,
    publicDir: false,
    root: projectRoot,
    logLevel: 'silent',
    plugins: [virtual(sources)],
    build: {
      ...how,
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        external: msw,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: 'entry.js', codeSplitting: false },
      },
    },
  })
  const [output] = [built].flat()
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new TypeError(`nothing was bundled of ${entry}`)
  return chunk.code
}

function virtual(sources: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'concordat-sources',
    resolveId: (id) => (id in sources ? `\0${id}` : undefined),
    load: (id) => sources[id.replace('\0', '')],
  }
}
