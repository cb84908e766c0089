import type { Finding } from '#harness/contract/finding.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { resultsFolder, runFolder } from '#harness/gate/gate-run.ts'
import { recordStage } from '#harness/gate/record-stage.ts'
import { counted, stageProgress } from '#harness/gate/stage-progress.ts'
import { failuresOf } from '#harness/gate/test-failures.ts'
import { filesUnder, findTestFiles } from '#harness/gate/test-files.ts'
import type { Published } from '#harness/pact/file/publish-recordings.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { readResults } from '#harness/project/results.ts'
import { loadSystems } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { failureLines } from '#harness/report/failure-lines.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { findEdges } from '../record/find-edge.ts'

/** `concordat record`: consumers' tests into pacts, or calls that were seen into drafts of such tests. */
export const record: Command = command(
  {
    ...common,
    edge: { type: 'string', valueHint: 'consumer--provider', description: "Only this edge's consumer." },
    'from-traffic': {
      type: 'string',
      valueHint: 'consumer--provider',
      description: 'Record nothing: write draft tests for calls seen on this edge that no pact covers.',
    },
    control: {
      type: 'string',
      valueHint: 'url#token',
      description: 'With --from-traffic: the stack that saw them, by the address that "up" prints.',
    },
    file: {
      type: 'string',
      valueHint: 'file',
      description: 'With --from-traffic: exchanges as JSON lines, in place of a stack.',
    },
    out: {
      type: 'string',
      valueHint: 'folder',
      description: 'With --from-traffic: where drafts go. Default: drafts/ of the consumer.',
    },
    'max-workers': {
      type: 'string',
      valueHint: 'n',
      description: 'How many test files run at a time, as Jest has it: 4, 50%. One per core unless told.',
    },
  },
  async ({ system, edge, verbose, 'from-traffic': traffic, control, file, out, 'max-workers': maxWorkers }) => {
    checkTraffic({ edge, traffic, sources: { control, file, out } })
    if (traffic !== undefined) {
      // Loaded where it is needed: a recording has no use for it.
      const { recordFromTraffic } = await import('../record/from-traffic.ts')
      return recordFromTraffic({ edge: traffic, system, control, file, out })
    }
    const files = await filesToRun(await loadSystems(system), edge)
    using interruption = listenForInterruption()
    await using folder = await runFolder()
    const { published, tests } = await recordStage(
      {
        folder: folder.path,
        verbose: verbose ?? false,
        maxWorkers,
        interrupted: interruption.never,
        progress: stageProgress((line) => void process.stderr.write(`${line}\n`)),
      },
      files,
    )
    const failures = failuresOf([tests], {
      edges: [],
      results: await readResults(resultsFolder({ folder: folder.path })),
    })
    const refused = [...published.flatMap(({ findings }) => findings), ...nothingRecorded(published)]
    const findings = [...failures.flatMap((failure) => failure.findings), ...refused]
    return {
      exitCode: exitCodeOfFindings(findings),
      findings,
      lines: [...failureLines(failures), ...refused.map(describeFinding), ...published.map(publishedLine)],
      data: { edges: published.map(({ findings: _findings, ...rest }) => rest) },
    }
  },
)

type Traffic = Readonly<{
  edge: string | undefined
  traffic: string | undefined
  sources: Readonly<Record<string, string | undefined>>
}>

/** @throws UsageError for flags that do not go together. */
function checkTraffic({ edge, traffic, sources }: Traffic): void {
  if (traffic !== undefined && edge !== undefined)
    throw new UsageError('concordat record: --from-traffic names the edge. Leave out --edge.')
  const [alone] = Object.entries(sources).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (traffic === undefined && alone !== undefined)
    throw new UsageError(`concordat record: --${alone} belongs to --from-traffic. Name the edge with it.`)
}

async function filesToRun(systems: readonly System[], edge: string | undefined): Promise<readonly string[]> {
  if (edge === undefined) {
    const { recordings } = await findTestFiles(
      projectRoot,
      systems.map(({ name }) => name),
    )
    return recordings
  }
  const files = findEdges(systems, edge).map(({ system, edge: { consumer } }) =>
    filesUnder(paths.consumer(system.name, consumer), '.pact.test.ts'),
  )
  return (await Promise.all(files)).flat()
}

function nothingRecorded(published: readonly Published[]): readonly Finding[] {
  if (published.some(({ recorded }) => recorded > 0)) return []
  const message = 'No test recorded an interaction.'
  return [{ code: 'nothing-to-replay', severity: 'error', message, fix: 'Write a *.pact.test.ts for a consumer.' }]
}

function publishedLine({ edge, file, interactions, recorded, changed, dropped }: Published): string {
  const all = counted(interactions, 'interaction')
  const counts = recorded === interactions ? all : `${recorded} of ${all}`
  const without = dropped.length > 0 ? `, dropped ${dropped.map((name) => `"${name}"`).join(', ')}` : ''
  return `${edge}: ${counts} recorded, ${file} ${changed ? 'changed' : 'unchanged'}${without}`
}
