import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { projectRoot } from '#harness/project/paths.ts'
import { systemNames } from '#harness/project/systems.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { tableLines } from '#harness/report/table.ts'
import { runProgram } from './run-program.ts'
import { packageName } from '../package.ts'
import { examplePackage, type PythonPackage } from './example-package.ts'
import { runOperationTests, runRuntimeTests, type Interpreter } from './python-tests.ts'

/** One file: what of it was run. */
export type FileCoverage = Readonly<{
  file: string
  lines: Counts
  branches: Counts
  missing: readonly number[]
}>

type Counts = Readonly<{ covered: number; all: number }>

/**
 * Runs the tests of the generated clients and says what of their files was run, line by line and branch by branch. The
 * runtime, which all packages have a copy of, is one file in the result.
 * @throws EnvironmentError where it cannot be measured, Error where a test fails.
 */
export async function pythonCoverage(): Promise<readonly FileCoverage[]> {
  const program = await pythonWithCoverage()
  const folder = await mkdtemp(join(tmpdir(), 'concordat-coverage-'))
  try {
    const settings = join(folder, 'coveragerc')
    await writeFile(settings, settingsText(folder))
    await runAll(({ name, folder: at }) => {
      const measured = [`--rcfile=${settings}`, `--source=${join(at, name)}`]
      return [program, '-B', '-m', 'coverage', 'run', ...measured]
    })
    const coverage = (...args: readonly string[]) =>
      succeed([program, '-m', 'coverage', ...args, `--rcfile=${settings}`], projectRoot)
    await coverage('combine', '--quiet')
    await coverage('json', '--quiet', '-o', join(folder, 'report.json'))
    return readReport(await readFile(join(folder, 'report.json'), 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The coverage as a table, its last line the sum. */
export function coverageLines(files: readonly FileCoverage[]): readonly string[] {
  const rows = files.map(({ file, lines, branches, missing }) => [
    file,
    share(lines),
    share(branches),
    missing.join(' '),
  ])
  const all = [share(sum(files.map(({ lines }) => lines))), share(sum(files.map(({ branches }) => branches)))]
  return tableLines([['file', 'lines', 'branches', 'lines not run'], ...rows, ['all', ...all, '']])
}

/** The smaller one of the shares of all lines and of all branches, in percent; 0 where nothing was measured. */
export function leastShare(files: readonly FileCoverage[]): number {
  const counts = [sum(files.map(({ lines }) => lines)), sum(files.map(({ branches }) => branches))]
  return Math.min(...counts.map(({ covered, all }) => (all === 0 ? 0 : (100 * covered) / all)))
}

async function pythonWithCoverage(): Promise<string> {
  for (const program of ['python3', '/usr/bin/python3']) {
    const ended = await runProgram([program, '-m', 'coverage', '--version'], { cwd: projectRoot }).catch(
      () => undefined,
    )
    if (ended?.code === 0) return program
  }
  throw new EnvironmentError(
    'coverage of the clients in Python cannot be measured: no Python has the module "coverage". Install it: apt-get install python3-coverage.',
  )
}

async function runAll(interpreter: (measured: PythonPackage) => Interpreter): Promise<void> {
  await using example = await examplePackage()
  const runs = [await runRuntimeTests(example, interpreter(example))]
  for (const system of await systemNames()) {
    const committed = { name: packageName(system), folder: join(projectRoot, 'clients', system, 'python') }
    runs.push(await runOperationTests(committed, interpreter(committed)))
  }
  const failed = runs.find(({ code }) => code !== 0)
  if (failed) throw new Error(`the tests in Python fail, so nothing is measured:\n${failed.output}`)
}

async function succeed(command: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await runProgram(command, { cwd })
  if (code !== 0) throw new Error(`${command.join(' ')} failed:\n${output}`)
}

const runtimeFolder = join(import.meta.dirname, '..', 'runtime')

function settingsText(folder: string): string {
  return `[run]
branch = True
parallel = True
data_file = ${join(folder, 'data')}
[paths]
runtime =
    ${runtimeFolder}
    */concordat_*/runtime
[report]
# The package of the made-up system is written for the tests alone; its runtime counts as that of all.
omit = */concordat-python-*
exclude_lines =
    if TYPE_CHECKING:
`
}

type Report = Readonly<{
  files: Readonly<
    Record<
      string,
      Readonly<{
        missing_lines: readonly number[]
        summary: Readonly<Record<'covered_lines' | 'num_statements' | 'covered_branches' | 'num_branches', number>>
      }>
    >
  >
}>

function readReport(text: string): readonly FileCoverage[] {
  return Object.entries((JSON.parse(text) as Report).files).map(([path, { missing_lines: missing, summary }]) => ({
    file: relative(projectRoot, resolve(projectRoot, path)),
    lines: { covered: summary.covered_lines, all: summary.num_statements },
    branches: { covered: summary.covered_branches, all: summary.num_branches },
    missing,
  }))
}

function share({ covered, all }: Counts): string {
  return all === 0 ? '-' : `${((100 * covered) / all).toFixed(1)} % (${covered}/${all})`
}

function sum(counts: readonly Counts[]): Counts {
  return {
    covered: counts.reduce((total, { covered }) => total + covered, 0),
    all: counts.reduce((total, { all }) => total + all, 0),
  }
}
