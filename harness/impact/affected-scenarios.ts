import type { Reason } from './affected-edges.ts'
import type { Closure } from './closure.ts'
import { placeOf } from './place-of.ts'
import { isUnitTest } from './project-files.ts'

/** What stories run on: all components of their system, and the pages that a browser loads of its consumers. */
const stack: ReadonlySet<string> = new Set(['contracts', 'providers', 'mocks', 'clients', 'consumers'])

/** Files whose scenarios may be affected, and why. */
export type ScenarioRequest = Readonly<{ closure: Closure; systems: readonly string[] }>

/**
 * Why a scenario has to run: what it needs itself changed, or a part of its system that stories run on. Tests that record
 * or replay are no such part. Drifts are tried on pacts, not told: theirs count only where the suite itself changed.
 */
export function scenarioReasons(
  file: string,
  changed: readonly string[],
  { closure, systems }: ScenarioRequest,
): readonly Reason[] {
  const own = closure([file])
  return changed.flatMap((path): Reason[] => {
    const place = placeOf(path, systems)
    if (place.kind === 'everything') return [{ path, why: place.why }]
    if (isDriftSuite(file)) return own.has(path) && path.startsWith('scenarios/') ? [{ path, why: 'the suite' }] : []
    if (own.has(path)) return [{ path, why: 'what tells it' }]
    if (place.kind === 'nothing' || !file.startsWith(`scenarios/${place.system}/`)) return []
    const runs = stack.has(place.folder) && !isUnitTest(path) && !/\.(pact|replay)\.test\.ts$/.test(path)
    return runs ? [{ path, why: `part of ${place.system}` }] : []
  })
}

/** Suites of drifts are scenarios by their place; they are named after what they try. */
export function isDriftSuite(file: string): boolean {
  return /\/drift[\w-]*\.scenario\.test\.ts$/.test(file)
}
