import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What Python's unittest says: how many tests ran, and all that it wrote. */
export type PythonTests = Readonly<{ ran: number; output: string }>

/** Milliseconds that a run may take. */
const patienceMs = 170_000

/**
 * Runs the unit tests in the folder `tests` of a folder with `python3 -m unittest`.
 * @throws Error where Python is missing, a test fails, none ran or they take too long; with what was written.
 */
export async function runPythonTests(folder: string): Promise<PythonTests> {
  const child = spawn('python3', ['-m', 'unittest', 'discover', '-v', '-s', 'tests', '-t', '.'], {
    cwd: folder,
    env: { ...process.env },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: AbortSignal.timeout(patienceMs),
    killSignal: 'SIGKILL',
  })
  const [output, [code, signal]] = await Promise.all([
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
  ]).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.name === 'AbortError'
        ? `they took more than ${patienceMs} ms. Look which of them waits.`
        : `python3 could not be started (${error.code ?? error.message}). Install Python 3.9 or newer, and have python3 on the PATH.`
    throw new Error(`the Python tests in ${folder} did not run: ${why}`, { cause: error })
  })
  const ran = Number(/^Ran (\d+) tests? in /m.exec(output)?.[1] ?? 0)
  if (code !== 0) throw new Error(`the Python tests in ${folder} failed (${signal ?? `code ${code}`}):\n${output}`)
  if (ran === 0) throw new Error(`no Python test ran in ${folder}/tests: name the files test_*.py.\n${output}`)
  return { ran, output }
}
