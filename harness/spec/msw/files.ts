import { servedComponents, type System } from '#harness/contract/system.ts'
import { generatedMark, type GeneratedFile } from '../generated-file.ts'
import { bundleMocks, type BundledMock } from './bundle.ts'

/** All files of an export for MSW: scripts with their types, and how they are used. */
export async function mswFiles(system: System, mocks: readonly BundledMock[]): Promise<readonly GeneratedFile[]> {
  const mark = generatedMark('msw', system.name)
  const { node, page, worker } = await bundleMocks(system.name, mocks)
  const script = (path: string, code: string): GeneratedFile => ({ path, text: `// ${mark}\n${code}` })
  return [
    script('node.js', node),
    script('node.d.ts', nodeTypes(system)),
    script('page.js', page),
    script('page.d.ts', pageTypes(system)),
    script('worker.js', worker),
    { path: 'README.md', text: readme(system, mocks, mark) },
  ]
}

function stateTypes(system: System): string {
  const components = servedComponents(system).map((name) => {
    const states = Object.keys(system.components[name]?.contract?.stateDefinitions ?? {})
    return `  ${key(name)}: ${states.map(quoted).join(' | ') || 'never'}\n`
  })
  return `/** The states of each component. */\nexport interface States {\n${components.join('')}}\n`
}

function nodeTypes(system: System): string {
  return `import type { HttpHandler } from 'msw/http'
import type { WebSocketHandler } from 'msw/ws'

${stateTypes(system)}
export interface StandIns extends AsyncDisposable {
  /** For setupServer(...handlers), beside handlers of your own: what calls other origins is left to those. */
  handlers: readonly [HttpHandler, WebSocketHandler]
  /** Puts a component, or one session of it (x-concordat-session), into a state; gives what the state provides. */
  setUp<C extends keyof States>(
    component: C,
    state: States[C],
    options?: { params?: unknown; session?: string },
  ): Promise<Readonly<Record<string, unknown>>>
  /** Forgets everything. */
  reset(): Promise<void>
  stop(): Promise<void>
}

/** Starts stand-ins for all components, at the origins that they are known by unless others are given. */
export declare function standIns(options?: {
  origins?: Partial<Record<keyof States, string>>
  /** Told what a stand-in would have answered outside its contract. Default: the console. */
  onFinding?: (text: string) => void
}): StandIns
`
}

function pageTypes(system: System): string {
  return `${stateTypes(system)}
/**
 * Has all that this page sends to the components answered by stand-ins, in a worker that all tabs share. From then on the
 * console has \`concordat.setUp(component, state, params)\` and \`concordat.reset()\`.
 */
export declare function startMocks(): Promise<void>
`
}

function readme({ name }: System, mocks: readonly BundledMock[], mark: string): string {
  const origins = mocks.map(({ component, origin }) => `| ${component} | ${origin} |`)
  return `<!-- ${mark} -->

# Stand-ins for ${name}

The stand-ins of ${name}, with all that they need but [MSW](https://mswjs.io) 3, for projects outside of its repository.
They answer requests, event streams and WebSocket channels, remember what they are told, and check what is sent to them.

| component | answers at |
| --- | --- |
${origins.join('\n')}

## In Node, as in tests

\`\`\`js
import { setupServer } from 'msw/node'
import { standIns } from './node.js'

const mocks = standIns()
const server = setupServer(...mocks.handlers)
server.listen()
\`\`\`

\`mocks.setUp(component, state, { params })\` puts a component into a state, and gives what the state provides (a token);
\`mocks.reset()\` forgets everything. The states of each component are in node.d.ts.

## In the browser

MSW's own worker has to be among your static files: \`npx msw init public\`. Then, before your app begins:

\`\`\`js
import { startMocks } from './page.js'

await startMocks()
\`\`\`

\`page.js\` finds \`worker.js\` beside itself, as bundlers resolve \`new URL('./worker.js', import.meta.url)\`. On the console,
\`concordat.setUp(component, state, params)\` and \`concordat.reset()\` are there.
`
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}

function quoted(text: string): string {
  return `'${text}'`
}
