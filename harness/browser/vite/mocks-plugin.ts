import { msw } from 'msw/vite'
import type { EnvironmentModuleNode, InlineConfig, Plugin } from 'vite'
import type { HostedMock } from './hosted-mock.ts'
import { mockEntries, mocksSource, startSource, workerEntry } from './mock-modules.ts'

/** What a page begins with in place of its own script. */
const startAddress = '/@concordat/start'
const startModule = '\0virtual:concordat/start'
const mocksModule = '\0virtual:concordat/mocks'

/** The address of a page's first script. */
const entryAddress = /(?<=<script\s[^>]*\bsrc=")[^"]+/

/**
 * Lets pages begin with mocks: the service worker of MSW, out of its package, takes what a page sends, and a worker that
 * all tabs share answers by the mocks. A mock that was changed begins anew.
 */
export function withMocks(mocks: readonly HostedMock[]): InlineConfig {
  return {
    plugins: [msw({ mode: 'worker-only' }), startPlugin(mocks), mocksPlugin(mocks)],
    worker: { format: 'es', plugins: () => [mocksPlugin(mocks)] },
    // All that a page may load is known before it does: what is found later would reload it in the middle.
    optimizeDeps: { entries: ['index.html', ...mockEntries(mocks)] },
  }
}

function mocksPlugin(mocks: readonly HostedMock[]): Plugin {
  return {
    name: 'concordat-mocks',
    resolveId: (id) => (id === 'virtual:concordat/mocks' ? mocksModule : undefined),
    load: (id) => (id === mocksModule ? mocksSource(mocks) : undefined),
  }
}

function startPlugin(mocks: readonly HostedMock[]): Plugin {
  let entry = ''
  let changes = 0
  // A worker outlives its tabs for a while; it must not be taken for one of these pages.
  const made = Date.now().toString(36)
  return {
    name: 'concordat-start',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace(entryAddress, (address) => {
          entry = address
          return startAddress
        }),
    },
    resolveId: (id) => (id === startAddress ? startModule : undefined),
    load: (id) =>
      id === startModule ? startSource(mocks, { entry, name: `concordat-mocks-${made}-${changes}` }) : undefined,
    hotUpdate({ modules }) {
      if (!modules.some((module) => isOfWorker(module))) return undefined
      changes++
      const start = this.environment.moduleGraph.getModuleById(startModule)
      if (start) this.environment.moduleGraph.invalidateModule(start)
      this.environment.hot.send({ type: 'full-reload' })
      return []
    },
  }
}

/** Whether the worker has a module, itself or by what it imports. */
function isOfWorker(module: EnvironmentModuleNode, seen = new Set<EnvironmentModuleNode>()): boolean {
  if (seen.has(module)) return false
  seen.add(module)
  return module.file === workerEntry || [...module.importers].some((importer) => isOfWorker(importer, seen))
}
