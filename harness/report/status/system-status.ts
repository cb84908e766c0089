import type { Report } from '../data/report.ts'
import { whereOf } from '../data/placed-finding.ts'
import type { Judged } from './judged.ts'
import { performanceOf } from './performance.ts'
import type { IntegrationStatus, SystemStatus } from './status.ts'

/** So many blockers are named; the report has all. */
const mostBlockers = 5

/**
 * How far the integration of a system is, from the report of a gate alone: see docs/report.md for the rules. Nothing where the
 * report is not about the system.
 */
export function systemStatus(report: Report, system: string): SystemStatus | undefined {
  if (!report.run.systems.includes(system)) return undefined
  const api = apiOf(report, system)
  const database = databaseOf(report, system, api.value)
  const services = servicesOf(report, system, api.value)
  const performance = performanceOf(report.sections, system)
  return {
    system,
    status: {
      api: api.value,
      database: database.value,
      external_services: services.value,
      performance: performance.value,
      blockers: blockersOf(report, system),
    },
    because: {
      api: api.because,
      database: database.because,
      external_services: services.because,
      performance: performance.because,
    },
  }
}

type Api = IntegrationStatus['api']

function apiOf({ sections }: Report, system: string): Judged<Api> {
  const edges = sections.interactions.filter((edge) => edge.system === system)
  const replays = edges.flatMap(({ interactions }) => interactions)
  if (replays.length === 0) return { value: 'designing', because: 'nothing is recorded' }
  const targets = [...new Set(edges.flatMap(({ runs }) => runs.map(({ target }) => target)))]
  const sameOn = (target: string): number =>
    replays.filter((one) => one.replays.some((replay) => replay.target === target && replay.state === 'same')).length
  const because = targets.map((target) => `${sameOn(target)} of ${replays.length} on ${target}`).join(', ')
  const isWhole = (target: string): boolean => sameOn(target) === replays.length
  if (!isWhole('live') || !isWhole('mock')) return { value: 'implementing', because }
  const isDeployed = targets.some((target) => target !== 'live' && target !== 'mock' && isWhole(target))
  return { value: isDeployed ? 'deployed' : 'testing', because }
}

function databaseOf({ sections }: Report, system: string, api: Api): Judged<IntegrationStatus['database']> {
  const needs = sections.systems
    .filter(({ name }) => name === system)
    .flatMap(({ nodes }) => nodes.flatMap(({ stores }) => stores))
  if (!needs.some((kind) => kind !== 'directory')) return { value: 'none', because: 'no component needs a database' }
  const ranOn = sections.interactions
    .filter((edge) => edge.system === system)
    .flatMap(({ runs }) => runs.filter(({ target }) => target === 'live').flatMap(({ stores }) => stores))
  if (ranOn.length === 0 || !isWhole(api))
    return {
      value: 'schema_ready',
      because: `declared: ${[...new Set(needs)].join(', ')}; live services do not hold on them yet`,
    }
  const because = `live services hold on ${[...new Set(ranOn)].join(', ')}`
  const underLoad = sections.load.filter((run) => run.system === system)
  const isSound = underLoad.every(({ figures }) => figures.every(({ name, value }) => name !== 'errors' || value === 0))
  return underLoad.length > 0 && isSound
    ? { value: 'optimized', because: `${because}, under load too` }
    : { value: 'migrations_complete', because }
}

function servicesOf(
  { sections: { systems, scenarios, coverage, survival } }: Report,
  system: string,
  api: Api,
): Judged<IntegrationStatus['external_services']> {
  const edges = systems.filter(({ name }) => name === system).flatMap((graph) => graph.edges)
  if (edges.length === 0) return { value: 'none', because: 'no component calls another' }
  const live = scenarios
    .filter((story) => story.system === system)
    .flatMap(({ tellings }) => tellings.filter(({ target }) => target.includes('live')))
  const passed = live.filter((telling) => telling.passed).length
  const told = `${passed} of ${live.length} scenarios with live services passed`
  if (live.length === 0 || passed < live.length || !isWhole(api)) return { value: 'configured', because: told }
  const undeclared = coverage.undeclared.filter((call) => call.system === system).length
  const isWatched = live.some(({ traffic }) => (traffic?.exchanges.length ?? 0) > 0)
  const faults = survival.filter((trial) => trial.system === system)
  const survived = faults.filter((trial) => trial.survived).length
  const because = `${told}, ${survived} of ${faults.length} faults survived, ${undeclared} calls outside a contract`
  const isMonitored = isWatched && undeclared === 0 && faults.length > 0 && survived === faults.length
  return { value: isMonitored ? 'monitoring' : 'integrated', because }
}

function isWhole(api: Api): boolean {
  return api === 'testing' || api === 'deployed'
}

/** Errors of the system, and those of which nobody knows whose they are. */
function blockersOf({ findings }: Report, system: string): string[] {
  const own = findings.filter(
    (finding) => finding.severity === 'error' && (finding.system === undefined || finding.system === system),
  )
  const named = own.slice(0, mostBlockers).map((finding) => `${finding.code}: ${whereOf(finding)}`)
  const left = own.length - named.length
  return left > 0 ? [...named, `and ${left} more`] : named
}
