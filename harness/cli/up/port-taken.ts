import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { connectFailure, portOwner } from '#harness/stack/ports.ts'

/**
 * Makes sure that nobody listens on a port that a component is known by.
 * @throws EnvironmentError that names who does.
 */
export async function refuseTakenPort(component: string, port: number): Promise<void> {
  if ((await connectFailure(port)) !== undefined) return
  throw portTaken(component, port)
}

/** What to say of a port that cannot be had. */
export function portTaken(component: string, port: number): EnvironmentError {
  const owner = portOwner(port) ?? 'another process'
  return new EnvironmentError(
    `Cannot start ${component}: its port ${port} is in use by ${owner}. Stop that, or take free ports with --ports free.`,
  )
}
