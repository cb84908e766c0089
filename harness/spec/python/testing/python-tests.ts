import { dirname } from 'node:path'
import { libraryService } from '#harness/client/testing/library-service.ts'
import type { Ran } from '#harness/testing/run.ts'
import type { PythonPackage } from './example-package.ts'
import { runProgram } from './run-program.ts'

/** A Python and its flags: further words of the command stand between it and `-m unittest`. */
export type Interpreter = readonly [program: string, ...flags: string[]]

/** The Python on the PATH; it leaves no compiled files behind. */
export const python: Interpreter = ['python3', '-B']

const testsFolder = dirname(import.meta.dirname)

/** Runs all tests of the runtime on the package of the made-up system, whose library serves meanwhile. */
export async function runRuntimeTests(package_: PythonPackage, interpreter: Interpreter = python): Promise<Ran> {
  await using library = await libraryService()
  const all = ['-m', 'unittest', 'discover', '--start-directory', 'tests', '--top-level-directory', '.']
  return await run([...interpreter, ...all], package_, { LIBRARY_URL: library.url })
}

/** Calls every operation of a generated package. */
export function runOperationTests(package_: PythonPackage, interpreter: Interpreter = python): Promise<Ran> {
  return run([...interpreter, '-m', 'unittest', 'tests.test_every_operation'], package_)
}

/** Runs a program in the folder of the tests, the package within its reach. */
function run(
  command: readonly string[],
  { name, folder }: PythonPackage,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return runProgram(command, { cwd: testsFolder, env: { PACKAGE: name, PYTHONPATH: folder, ...env } })
}
