import type { ArgsDef } from 'citty'
import { UsageError } from '#harness/project/usage-error.ts'
import { versionFlags } from './version-flags.ts'

/** Flags of `replay` for brokers and ledgers. */
export const replayFlags = {
  from: {
    type: 'enum',
    options: ['project', 'broker'],
    default: 'project',
    description: "Whose pacts: the project's, or those that the broker wants to be verified.",
  },
  'wip-since': {
    type: 'string',
    valueHint: 'date',
    description: 'With --from broker: also work in progress since then.',
  },
  publish: { type: 'boolean', description: 'Publish the results to the broker.' },
  results: { type: 'string', valueHint: 'folder', description: 'Write the results there, for can-i-deploy --ledger.' },
  ...versionFlags,
} as const satisfies ArgsDef

/** What a user says of brokers and ledgers. */
export type ReplayFlags = Readonly<{
  from: string
  'wip-since'?: string | undefined
  publish?: boolean | undefined
  results?: string | undefined
  version?: string | undefined
  branch?: string | undefined
  'build-url'?: string | undefined
}>

/**
 * Refuses flags that do not go together.
 * @throws UsageError
 */
export function checkReplayFlags(
  flags: ReplayFlags,
  { target, only }: { target: string; only: string | undefined },
): void {
  const keeps = flags.publish === true || flags.results !== undefined
  if (keeps && target === 'mock')
    throw new UsageError(
      'results of a mock prove nothing about a service. Leave --publish and --results out, or replay it live.',
    )
  if (keeps && only !== undefined)
    throw new UsageError('a part of a pact is no result. Leave --only out, or --publish and --results.')
  if (flags.from === 'broker' && only !== undefined)
    throw new UsageError("--only is for the project's own pacts. Leave it out, or --from broker.")
  if (flags['wip-since'] === undefined) return
  if (flags.from !== 'broker') throw new UsageError('--wip-since goes with --from broker. Leave it out.')
  if (Number.isNaN(Date.parse(flags['wip-since'])))
    throw new UsageError(`--wip-since is "${flags['wip-since']}", which is no date. Write one, as in 2026-01-31.`)
}
