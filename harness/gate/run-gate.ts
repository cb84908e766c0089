import { join, relative, sep } from 'node:path'
import type { Component, System } from '#harness/contract/system.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { readResults, resultsVariable } from '#harness/project/results.ts'
import { edgeKey, selectedEdgesText, selectedEdgesVariable } from '#harness/project/selected-edges.ts'
import { loadSystems, systemNames } from '#harness/project/systems.ts'
import { readEdges, strayPacts, type EdgeEvidence } from './edges.ts'
import type { GateEvidence, RanEdges } from './evidence.ts'
import { resultsFolder, runFolder, type GateRun } from './gate-run.ts'
import type { JestOutcome } from './jest-outcome.ts'
import { layoutFindings } from './layout.ts'
import { mutateStage } from './mutate-stage.ts'
import type { Recorded } from './pact-evidence.ts'
import { ledgerStage, type LedgerOutcome } from './ledger-stage.ts'
import { recordStage } from './record-stage.ts'
import { runJest } from './run-jest.ts'
import { affectedScope, keysOf, widened, type GateScope } from './scope.ts'
import { counted } from './stage-progress.ts'
import { checkedAgain, staticStage, stopping, type StaticStage } from './static-stage.ts'
import { startGateStores } from './stores.ts'
import { findTestFiles, type TestFiles } from './test-files.ts'
import { verdictOf, type Verdict } from './verdict.ts'
import { wellReplayed } from './well-replayed.ts'

export type GateOptions = Omit<GateRun, 'folder'> &
  Readonly<{
    system: string | undefined
    /** Only what may be affected by what changed since this Git ref. */
    since?: string | undefined
    /** Tries mutants too, for so many milliseconds. */
    mutate?: Readonly<{ budgetMs: number }> | undefined
  }>

/** What a gate ran, what came of it, and all that this is drawn from. */
export type Gated = Readonly<{
  scope: GateScope
  verdict: Verdict
  evidence: GateEvidence
  ledger: LedgerOutcome
  systems: readonly System[]
}>

/**
 * Records, lints, replays on live and mock, tells the scenarios and tries the drifts, of all systems or of one; with
 * `since`, of what changed alone.
 * @throws UsageError where there is no such system or ref; EnvironmentError where a store cannot be had; whatever
 *   `interrupted` rejects with, after all that the run started has ended.
 */
export async function runGate(options: GateOptions): Promise<Gated> {
  const started = performance.now()
  const names = await systemNames()
  const systems = await loadSystems(options.system)
  const chosen = await scopeOf(options, systems)
  const keys = chosen.kind === 'affected' ? keysOf(chosen) : undefined
  const before = await staticStage(options.progress, systems, keys)
  const seen: Seen = { chosen, systems, names, before }
  if (stopping(before).length > 0) return stopped(options, seen, started)
  return startedGate(options, seen, started)
}

/** What a gate has seen before anything is started. */
type Seen = Readonly<{
  chosen: GateScope
  systems: readonly System[]
  names: readonly string[]
  before: StaticStage
}>

/** A gate that nothing has to be started for. */
async function stopped(
  options: GateOptions,
  { chosen, systems, names, before }: Seen,
  started: number,
): Promise<Gated> {
  const { edges, findings } = await lintStage(options, systems, names)
  const nothing: JestOutcome = { tests: [], problems: [] }
  const evidence: GateEvidence = {
    edges,
    findings,
    checks: before.checks,
    recorded: { published: [], tests: nothing },
    tests: nothing,
    ran: { recorded: new Set(), replayed: new Set() },
    stopped: true,
    results: [],
    milliseconds: since(started),
  }
  const ledger = await ledgerStage(systems, new Map())
  return { scope: chosen, verdict: verdictOf(evidence), evidence, ledger, systems }
}

async function startedGate(options: GateOptions, seen: Seen, started: number): Promise<Gated> {
  const { chosen, systems, names, before } = seen
  await using folder = await runFolder()
  const run: GateRun = { ...options, folder: folder.path }
  await using stores = await startGateStores(startedComponents(chosen, systems), run.progress)
  const recorded = await recordStage(run, chosen.files.recordings)
  const { scope, ran } = recordedScope(chosen, recorded)
  const { edges, findings } = await lintStage(run, systems, names)
  const checks = await checkedAgain(before, systems, changedEdges(recorded))
  await Promise.race([stores.ready, run.interrupted])
  const results = resultsFolder(run)
  const tests = await replayStage(run, scope.files, {
    ...stores.env,
    [resultsVariable]: results,
    ...(ran && { [selectedEdgesVariable]: selectedEdgesText(ran.replayed) }),
  })
  const mutated = await mutateStage({ ...run, mutate: options.mutate }, systems, stores.env)
  const evidence: GateEvidence = {
    edges,
    ran,
    checks,
    recorded,
    tests,
    findings: [...findings, ...mutated.findings],
    results: [...(await readResults(results)), ...mutated.results],
    stopped: false,
    milliseconds: since(started),
  }
  const ledger = await ledgerStage(systems, wellReplayed(evidence))
  return { scope, verdict: verdictOf(evidence), evidence, ledger, systems }
}

function since(started: number): number {
  return performance.now() - started
}

/** The edges whose pacts recording has changed, by key. */
function changedEdges({ published }: Recorded): ReadonlySet<string> {
  const files = published.filter(({ changed }) => changed).map(({ file }) => file)
  return new Set(files.map((file) => file.replace(/^pacts\//, '').replace(/\.json$/, '')))
}

async function scopeOf({ since, progress }: GateOptions, systems: readonly System[]): Promise<GateScope> {
  const files = await findTestFiles(
    projectRoot,
    systems.map(({ name }) => name),
  )
  if (since === undefined) return { kind: 'all', files }
  const end = progress.start('affected', `what changed since ${since}`)
  const scope = await affectedScope(since, systems, files)
  end(counted(scope.changed.length, 'changed file'))
  return scope
}

/** The components that live replays and scenarios of a scope may start as real services. */
function startedComponents(scope: GateScope, systems: readonly System[]): readonly Component[] {
  const told = scope.files.scenarios.map((file) => relative(join(projectRoot, 'scenarios'), file).split(sep)[0])
  return systems.flatMap(({ name, components, edges }) => {
    const all = scope.kind === 'all' || told.includes(name)
    const replayed = new Set(
      edges.filter((edge) => all || keysOf(scope).has(edgeKey(name, edge))).map(({ provider }) => provider),
    )
    return Object.entries(components).flatMap(([component, one]) => (all || replayed.has(component) ? [one] : []))
  })
}

type Linted = Readonly<{ edges: readonly EdgeEvidence[]; findings: Awaited<ReturnType<typeof layoutFindings>> }>

type RecordedScope = Readonly<{ scope: GateScope; ran: RanEdges | undefined }>

/** What runs after recording: also the edges whose pacts recording has changed. */
function recordedScope(chosen: GateScope, recorded: Recorded): RecordedScope {
  if (chosen.kind === 'all') return { scope: chosen, ran: undefined }
  const scope = widened(chosen, changedEdges(recorded))
  return { scope, ran: { recorded: keysOf(chosen), replayed: keysOf(scope) } }
}

async function lintStage(
  { progress }: Pick<GateRun, 'progress'>,
  systems: readonly System[],
  names: readonly string[],
): Promise<Linted> {
  const end = progress.start('lint', 'pacts and layout')
  const [edges, strays, layout] = await Promise.all([
    readEdges(systems),
    strayPacts(systems),
    layoutFindings({ root: projectRoot, names, systems }),
  ])
  const inPacts = edges.flatMap(({ pact }) => (pact.kind === 'read' ? pact.findings : []))
  const findings = [...layout, ...strays]
  end(`${counted(edges.length, 'pact')}, ${counted(findings.length + inPacts.length, 'finding')}`)
  return { edges, findings }
}

async function replayStage(
  run: GateRun,
  files: TestFiles,
  env: Readonly<Record<string, string>>,
): Promise<JestOutcome> {
  const all = [...files.replays, ...files.scenarios]
  const end = run.progress.start('replay', `and scenarios and drifts: ${counted(all.length, 'test file')}`)
  const outcome = await runJest({
    ...run,
    files: all,
    reporters: [],
    outputFile: join(run.folder, 'replay.json'),
    env,
    onLine: run.progress.line,
  })
  const failed = outcome.tests.filter(({ status }) => status === 'failed').length
  end(`${counted(outcome.tests.length, 'test')}, ${failed} failed`)
  return outcome
}
