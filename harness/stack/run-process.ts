import { EnvironmentError } from './environment-error.ts'
import { describeCommand, spawnGroup } from './process-child.ts'
import type { CommandSpec } from './process-child.ts'

/**
 * Runs a command to its end, under the same care as a service, and returns what it wrote (the last 1000 lines).
 * @throws EnvironmentError when it cannot be executed or fails; with the last 20 lines it wrote
 */
export async function runProcess(spec: CommandSpec): Promise<string[]> {
  const child = await spawnGroup(spec)
  const { code, signal } = await child.exited
  await child.end()
  if (code === 0) return child.log.tail()
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`
  throw new EnvironmentError(
    `Cannot run ${describeCommand(spec)}: it ${how}. Fix what it says last.\n${child.log.evidence()}`,
  )
}
