import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishRecordings } from '#harness/pact/file/publish-recordings.ts'
import { recordingsVariable } from '#harness/pact/record/recording.ts'
import { resultsVariable } from '#harness/project/results.ts'
import type { Recorded } from './pact-evidence.ts'
import { resultsFolder, type GateRun } from './gate-run.ts'
import { runJest } from './run-jest.ts'
import { counted } from './stage-progress.ts'

const recorderReporter = fileURLToPath(new URL('../jest/recorder-reporter.ts', import.meta.url))

/**
 * Runs consumers' tests and merges what they record into the pacts.
 * @throws InvalidPact where a pact that is there cannot be read.
 */
export async function recordStage(run: GateRun, files: readonly string[]): Promise<Recorded> {
  const end = run.progress.start('record', counted(files.length, 'test file'))
  const recordings = join(run.folder, 'recordings')
  await mkdir(recordings, { recursive: true })
  const tests = await runJest({
    ...run,
    files,
    reporters: [recorderReporter],
    outputFile: join(run.folder, 'record.json'),
    env: { [recordingsVariable]: recordings, [resultsVariable]: resultsFolder(run) },
    onLine: run.progress.line,
  })
  const published = await publishRecordings(recordings)
  const count = published.reduce((total, { recorded }) => total + recorded, 0)
  end(`${counted(count, 'interaction')} in ${counted(published.length, 'edge')}`)
  return { published, tests }
}
