import { realpathSync } from 'node:fs'
import { sep } from 'node:path'
import { edgesInto, servedComponents, type System } from '#harness/contract/system.ts'
import type { Controlled } from '#harness/control/controlled.ts'
import { readPactBook } from '#harness/control/explain/pact-book.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { loadSystem } from '#harness/project/systems.ts'
import type { Replaced } from '#harness/scenario/hot/hot-mock.ts'
import type { ModuleGraph } from '#harness/scenario/hot/module-graph.ts'

/** Takes over what was changed in contracts, mocks and pacts while a stack runs. Never throws: it says what is wrong. */
export type Reloading = (files: ReadonlySet<string>) => Promise<void>

/** Makes it for a stack whose modules are watched by the graph. */
export function reloading(controlled: Controlled, graph: ModuleGraph): Reloading {
  /** Those whose new code could not be loaded: whatever changes, they are tried again. */
  const failed = new Set<string>()
  const { name } = controlled.system()

  async function reloadMock(component: string): Promise<void> {
    const began = performance.now()
    try {
      const replaced = await controlled.stack.component(component).reload(controlled.system())
      failed.delete(component)
      const seconds = `${Math.round(performance.now() - began)} ms`
      controlled.notice({
        level: 'info',
        component,
        message: `${component} reloaded in ${seconds}: ${wordsOf(replaced)}`,
      })
      for (const message of warningsOf(component, replaced)) controlled.notice({ level: 'warning', component, message })
    } catch (error) {
      failed.add(component)
      const message = `${component} was not reloaded, and goes on as before. ${problemOf(error)}`
      controlled.notice({ level: 'error', component, message })
    }
  }
  async function learn(isSystemChanged: boolean): Promise<void> {
    try {
      const system = isSystemChanged ? await loadSystem(name) : controlled.system()
      if (outlineOf(system) !== outlineOf(controlled.system())) {
        const message = 'components, ports or edges have changed: start again to have them so.'
        controlled.notice({ level: 'warning', message })
      }
      controlled.learn({ system, pacts: await readPactBook(system) })
    } catch (error) {
      controlled.notice({ level: 'error', message: `contracts and pacts are known as before. ${problemOf(error)}` })
    }
  }
  return async (files) => {
    const affected = graph.dependents([...files].map(realPath))
    const arePactsChanged = [...files].some((file) => file.startsWith(`${paths.pacts(name)}${sep}`))
    graph.renew(affected)
    const isSystemChanged = affected.has(realPath(paths.system(name)))
    if (isSystemChanged || arePactsChanged) await learn(isSystemChanged)
    const system = controlled.system()
    for (const component of mocksOf(controlled)) {
      const isPactChanged = edgesInto(system, component).some((edge) => files.has(paths.pact(name, edge)))
      if (affected.has(realPath(paths.mock(name, component))) || isPactChanged || failed.has(component))
        await reloadMock(component)
    }
  }
}

function mocksOf({ stack, system }: Controlled): readonly string[] {
  return servedComponents(system()).filter((name) => {
    const { kind, isUp } = stack.component(name)
    return kind === 'mock' && isUp
  })
}

/** What of a system cannot be taken over while it runs. */
function outlineOf({ components, edges, startOrder }: System): string {
  const ports = Object.entries(components).map(([name, { port, contract }]) => [name, port, contract?.name])
  return JSON.stringify([ports, edges, startOrder])
}

function wordsOf(replaced: Replaced): string {
  if (replaced.kind === 'emptied') {
    const states = replaced.states.map((state) => `"${state}"`).join(', ')
    return `it starts empty, as the schema of ${states} is another one now.`
  }
  const { states, requests } = replaced
  if (states + requests === 0) return 'it knew nothing yet.'
  return `its state is kept (${counted(states, 'state')} and ${counted(requests, 'request')} done again).`
}

function warningsOf(component: string, replaced: Replaced): readonly string[] {
  if (replaced.kind === 'emptied') return []
  return [
    ...replaced.refused.map((what) => `${component} does not take again what it took before: ${what}.`),
    ...(replaced.dropped > 0
      ? [`${component} forgot what it learned first: ${replaced.dropped} of its oldest requests were not kept.`]
      : []),
  ]
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** What is wrong with code, with its place where Node says it: above the frames of a syntax error. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const frames = (error.stack ?? '').split('\n')
  const end = frames.findIndex((line) => /^\s+at /.test(line))
  const said = frames.slice(0, end === -1 ? mostLines : Math.min(end, mostLines)).filter((line) => line.trim() !== '')
  const place = frames.find((line) => line.includes(`${projectRoot}${sep}`) && /^\s+at /.test(line))
  const at = said.some((line) => line.includes(projectRoot)) || !place ? [] : [place.trim()]
  return [...said, ...at]
    .join('\n  ')
    .replaceAll(`file://${projectRoot}${sep}`, '')
    .replaceAll(`${projectRoot}${sep}`, '')
}

const mostLines = 8

function realPath(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}
