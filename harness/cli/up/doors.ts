import type { System } from '#harness/contract/system.ts'
import { connectionProblem } from '#harness/pact/replay/reachable.ts'
import { addressOf } from '#harness/stack/ports.ts'
import { CannotReach } from '../exit-code.ts'
import type { Choice } from './choices.ts'
import { refuseTakenPort } from './port-taken.ts'

/**
 * The ports at which callers find the components: those that they are known by, or free ones (0). A component that
 * somebody else runs on the very port that it is known by is found at a free one.
 * @throws EnvironmentError where somebody listens on such a port already
 * @throws CannotReach where nobody takes connections at the URL of one that somebody else runs
 */
export async function doorsOf(
  system: System,
  choices: readonly Choice[],
  ports: 'own' | 'free',
): Promise<Readonly<Record<string, number>>> {
  const doors = await Promise.all(
    choices.map(async (choice) => {
      if (choice.kind === 'url') await refuseUnreachable(choice.component, choice.url)
      const own = ports === 'own' ? (system.components[choice.component]?.port ?? 0) : 0
      const port = choice.kind === 'url' && addressOf(choice.url).port === own ? 0 : own
      if (port !== 0) await refuseTakenPort(`${system.name}/${choice.component}`, port)
      return [choice.component, port] as const
    }),
  )
  return Object.fromEntries(doors)
}

async function refuseUnreachable(component: string, url: string): Promise<void> {
  const problem = await connectionProblem(url)
  if (problem === undefined) return
  throw new CannotReach(
    `Nothing takes connections at ${url}: ${problem}. Start ${component} there, or correct the URL.`,
  )
}
