import { chromium, type Browser } from 'playwright-core'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { findPrograms, pathFolders } from '#harness/stack/stores/programs.ts'

/** The names that Chromium goes by on the PATH. */
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const

/** What to say where there is none. */
export const chromiumMissing = `There is no Chromium: none of ${programs.join(', ')} is on the PATH. Install one, or name it in CHROMIUM_PATH.`

/** The program of Chromium: what CHROMIUM_PATH names, else one on the PATH; undefined where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CHROMIUM_PATH']
  if (named) return named
  const folders = pathFolders(env)
  return programs.flatMap((name) => findPrograms([name], folders)?.[name] ?? [])[0]
}

/**
 * Starts Chromium, without a window. It ends with the process that started it.
 * @param hosts where addresses really are: `{ 'localhost:4510': '127.0.0.1:41234' }`, so that pages and services are for the
 *   browser at the places that people know, whatever ports they have
 * @throws EnvironmentError where it is missing or does not start.
 */
export async function launchChromium(hosts: Readonly<Record<string, string>> = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new EnvironmentError(chromiumMissing)
  const rules = Object.entries(hosts).map(([from, to]) => `MAP ${from} ${to}`)
  try {
    return await chromium.launch({
      executablePath,
      // Containers let nobody make the namespaces that its sandbox is built of; what it visits here is ours.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : []),
      ],
      // Where the machine's language is none, it gives files that are saved no names but those of ASCII.
      env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
    })
  } catch (error) {
    throw new EnvironmentError(`Cannot start ${executablePath}: ${(error as Error).message}`)
  }
}
