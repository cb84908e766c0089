import { join } from 'node:path'
import type { System } from '#harness/contract/system.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { readResults, resultsVariable } from '#harness/project/results.ts'
import { loadSystems, systemNames } from '#harness/project/systems.ts'
import { readEdges, strayPacts, type EdgeEvidence } from './edges.ts'
import { resultsFolder, runFolder, type GateRun } from './gate-run.ts'
import type { JestOutcome } from './jest-outcome.ts'
import { layoutFindings } from './layout.ts'
import { recordStage } from './record-stage.ts'
import { runJest } from './run-jest.ts'
import { counted } from './stage-progress.ts'
import { startGateStores } from './stores.ts'
import { findTestFiles, type TestFiles } from './test-files.ts'
import { verdictOf, type Verdict } from './verdict.ts'

export type GateOptions = Omit<GateRun, 'folder'> & Readonly<{ system: string | undefined }>

/**
 * Records, lints, replays on live and mock, tells the scenarios and tries the drifts, of all systems or of one.
 * @throws UsageError where there is no such system; EnvironmentError where a store cannot be had; whatever `interrupted`
 *   rejects with, after all that the run started has ended.
 */
export async function runGate(options: GateOptions): Promise<Verdict> {
  const started = performance.now()
  const names = await systemNames()
  const systems = await loadSystems(options.system)
  const files = await findTestFiles(
    projectRoot,
    systems.map(({ name }) => name),
  )
  await using folder = await runFolder()
  const run: GateRun = { ...options, folder: folder.path }
  await using stores = await startGateStores(systems, run.progress)
  const recorded = await recordStage(run, files.recordings)
  const { edges, findings } = await lintStage(run, systems, names)
  await Promise.race([stores.ready, run.interrupted])
  const results = resultsFolder(run)
  const tests = await replayStage(run, files, { ...stores.env, [resultsVariable]: results })
  const kept = await readResults(results)
  return verdictOf({ edges, recorded, tests, findings, results: kept, milliseconds: performance.now() - started })
}

type Linted = Readonly<{ edges: readonly EdgeEvidence[]; findings: Awaited<ReturnType<typeof layoutFindings>> }>

async function lintStage({ progress }: GateRun, systems: readonly System[], names: readonly string[]): Promise<Linted> {
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
