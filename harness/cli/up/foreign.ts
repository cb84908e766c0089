import { connectionProblem } from '#harness/pact/replay/reachable.ts'
import { CannotReach } from '../exit-code.ts'
import { neverEnds, type Running } from './running.ts'

/**
 * A component that somebody else runs.
 * @throws CannotReach where its URL takes no connection.
 */
export async function foreign(component: string, url: string): Promise<Running> {
  const problem = await connectionProblem(url)
  if (problem !== undefined)
    throw new CannotReach(
      `Nothing takes connections at ${url}: ${problem}. Start ${component} there, or correct the URL.`,
    )
  return { component, kind: 'url', url, stores: [], ended: neverEnds, [Symbol.asyncDispose]: () => Promise.resolve() }
}
