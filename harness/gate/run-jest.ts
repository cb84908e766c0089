import { createRequire } from 'node:module'
import { readFile, realpath } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '#harness/project/paths.ts'
import { spawnGroup } from '#harness/stack/process-child.ts'
import { readOutcome, type JestOutcome } from './jest-outcome.ts'
import { progressMark } from './progress-mark.ts'
import { stragglersEnd } from './stragglers.ts'

/** One Jest process to run. */
export type JestRun = Readonly<{
  /** Test files, absolute. */
  files: readonly string[]
  /** Where its results go, a file of its own. */
  outputFile: string
  /** Variables for its tests. The folder of this run is among them: by it what is left over is known. */
  env: Readonly<Record<string, string>>
  /** Files of reporters that its tests need. */
  reporters: readonly string[]
  /** All of its output, or one line per test file. */
  verbose: boolean
  /** As Jest takes it; one per core unless told. */
  maxWorkers: string | undefined
  /** Rejects when the run has to stop. */
  interrupted: Promise<never>
  onLine: (line: string) => void
}>

const progressReporter = fileURLToPath(new URL('progress-reporter.ts', import.meta.url))

/**
 * Runs test files in a Jest of their own, a process group that does not outlive the gate. Gives what came of each test;
 * where Jest gives no results, its last lines. When interrupted, waits until nothing that its tests started runs on.
 */
export async function runJest(run: JestRun): Promise<JestOutcome> {
  if (run.files.length === 0) return { tests: [], problems: [] }
  // Jest calls a file by its real path.
  const files = await Promise.all(run.files.map((file) => realpath(file)))
  const child = await spawnGroup({
    name: 'Jest',
    command: process.execPath,
    args: [createRequire(import.meta.url).resolve('jest/bin/jest'), ...argumentsOf({ ...run, files })],
    cwd: projectRoot,
    env: { ...run.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings', FORCE_COLOR: undefined, NO_COLOR: '1' },
  })
  const stop = child.log.onLine((line) => {
    if (line.startsWith(progressMark)) run.onLine(line.slice(progressMark.length))
    else if (run.verbose) run.onLine(line)
  })
  try {
    const exit = await Promise.race([child.exited, run.interrupted])
    await child.end()
    const json = await readFile(run.outputFile, 'utf8').catch(() => undefined)
    return readOutcome({ json, files, exitCode: exit.code ?? 1, lastLines: child.log.tail(20) })
  } catch (error) {
    await child.end()
    await stragglersEnd(dirname(run.outputFile))
    throw error
  } finally {
    stop()
  }
}

function argumentsOf({ files, outputFile, reporters, verbose, maxWorkers }: JestRun): readonly string[] {
  return [
    `--config=${join(projectRoot, 'jest.config.ts')}`,
    '--ci',
    '--json',
    `--outputFile=${outputFile}`,
    ...(verbose ? ['--verbose'] : []),
    ...[verbose ? 'default' : progressReporter, ...reporters].map((reporter) => `--reporters=${reporter}`),
    // Jest leaves a core to itself; these tests wait for other processes most of the time.
    `--maxWorkers=${maxWorkers ?? availableParallelism()}`,
    '--runTestsByPath',
    ...files,
  ]
}
