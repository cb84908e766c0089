import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { connectFailure, portOwner } from '#harness/stack/ports.ts'

/**
 * Makes sure that nobody listens on a port that something is known by.
 * @throws EnvironmentError that names who does, and the way out
 */
export async function refuseTakenPort(
  what: string,
  port: number,
  wayOut = 'take free ports with --ports free',
): Promise<void> {
  if ((await connectFailure(port)) !== undefined) return
  const owner = portOwner(port) ?? 'another process'
  throw new EnvironmentError(`Cannot start ${what}: its port ${port} is in use by ${owner}. Stop that, or ${wayOut}.`)
}
