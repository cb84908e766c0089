import type { Finding } from '#harness/contract/finding.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { runFolder } from '#harness/gate/gate-run.ts'
import { recordStage } from '#harness/gate/record-stage.ts'
import { counted, stageProgress } from '#harness/gate/stage-progress.ts'
import { failuresOf } from '#harness/gate/test-failures.ts'
import { filesUnder, findTestFiles } from '#harness/gate/test-files.ts'
import type { Published } from '#harness/pact/file/publish-recordings.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { loadSystems } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { failureLines } from '#harness/report/failure-lines.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { didYouMean } from '../nearest.ts'

/** `concordat record`: consumers' tests into pacts. */
export const record: Command = command(
  {
    ...common,
    edge: { type: 'string', valueHint: 'consumer--provider', description: "Only this edge's consumer." },
    'max-workers': {
      type: 'string',
      valueHint: 'n',
      description: 'How many test files run at a time, as Jest has it: 4, 50%. One per core unless told.',
    },
  },
  async ({ system, edge, verbose, 'max-workers': maxWorkers }) => {
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
    const failures = failuresOf([tests], { edges: [], results: [] })
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

async function filesToRun(systems: readonly System[], edge: string | undefined): Promise<readonly string[]> {
  if (edge === undefined) {
    const { recordings } = await findTestFiles(
      projectRoot,
      systems.map(({ name }) => name),
    )
    return recordings
  }
  const edges = systems.flatMap((system) => system.edges.map((declared) => ({ system, ...declared })))
  const named = edges.filter(({ consumer, provider }) => `${consumer}--${provider}` === edge)
  if (named.length === 0) {
    const names = edges.map(({ consumer, provider }) => `${consumer}--${provider}`)
    throw new UsageError(`there is no edge "${edge}".${didYouMean(edge, names)} Name one of ${names.join(', ')}.`)
  }
  const files = named.map(({ system, consumer }) => filesUnder(paths.consumer(system.name, consumer), '.pact.test.ts'))
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
