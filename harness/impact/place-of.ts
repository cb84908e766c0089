import { isUnitTest } from './project-files.ts'

/** What a changed path is to the project, by the mirror rule of its folders alone. */
export type Place =
  /** Nothing that a gate runs depends on it. */
  | Readonly<{ kind: 'nothing'; why: string }>
  /** Everything may depend on it. */
  | Readonly<{ kind: 'everything'; why: string }>
  /** It belongs to a system: `rest` is what follows the system's folder. */
  | Readonly<{ kind: 'system'; system: string; folder: Folder; rest: string }>

export type Folder = 'contracts' | 'consumers' | 'providers' | 'mocks' | 'scenarios' | 'pacts' | 'compose' | 'clients'

const ofSystem = /^(contracts|consumers|providers|mocks|scenarios|pacts|compose|clients)\/([^/]+)\/(.+)$/
/** Text, and settings of tools that only look at code. */
const told = /^(docs\/.*|bench\/.*|[\w-]+\.md|LICENSE|\.gitignore|\.oxlintrc\.json|\.oxfmtrc\.json|knip\.json)$/

/** What says something of other files, and changes with them: what is proven, and which breaks are accepted. */
const bookkeeping = /^(pacts\/[^/]+\.ledger|contracts\/[^/]+\/accepted-breaks)\.json$/

/** Where a path of the project belongs. What nobody foresaw counts as everything. */
export function placeOf(path: string, systems: readonly string[]): Place {
  if (told.test(path) || bookkeeping.test(path))
    return { kind: 'nothing', why: 'nothing that a gate runs depends on it' }
  const [, folder, system = '', rest = ''] = ofSystem.exec(path) ?? []
  if (folder !== undefined && systems.includes(system))
    return { kind: 'system', system, folder: folder as Folder, rest }
  if (path.startsWith('harness/'))
    return isUnitTest(path)
      ? { kind: 'nothing', why: 'a unit test of the engine: npm test runs it' }
      : { kind: 'everything', why: 'the engine' }
  return { kind: 'everything', why: 'nobody knows what depends on it' }
}
