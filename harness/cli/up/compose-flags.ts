import type { ArgsDef } from 'citty'
import { UsageError } from '#harness/project/usage-error.ts'

/** What `up` takes for containers. */
export const composeArgs = {
  compose: {
    type: 'boolean',
    description: 'Run the live services in containers, behind their entry, in place of mocks (Docker Compose).',
  },
  keep: { type: 'boolean', description: 'With --compose: keep what is stored, for the next time that it is kept.' },
  verbose: { type: 'boolean', description: 'With --compose: say what the containers say.' },
} as const satisfies ArgsDef

/**
 * Refuses flags that do not go together.
 * @param mocks flags that were given and are for stacks of mocks, such as `--live`
 * @throws UsageError
 */
export function checkComposeFlags(
  {
    compose = false,
    keep = false,
    verbose = false,
  }: Readonly<{ compose?: boolean; keep?: boolean; verbose?: boolean }>,
  mocks: readonly string[],
): void {
  const [mock] = mocks
  if (compose && mock !== undefined)
    throw new UsageError(`${mock} is for components outside of containers. Leave it out, or --compose.`)
  const [alone] = [...(keep ? ['--keep'] : []), ...(verbose ? ['--verbose'] : [])]
  if (!compose && alone !== undefined) throw new UsageError(`${alone} is for --compose. Leave it out, or add that.`)
}
