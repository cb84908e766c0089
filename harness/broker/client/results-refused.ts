import type { Finding } from '#harness/contract/finding.ts'

/** Results that cannot be published, because what they are of is not what the broker has. */
export function resultsRefused(edge: string, reasons: readonly string[]): readonly Finding[] {
  return reasons.map((reason) => ({
    code: 'publish-refused',
    severity: 'error',
    edge,
    message: `Its results cannot be published: ${reason}.`,
    fix: 'Publish the pacts of this version first, or replay those of the broker with --from broker.',
  }))
}
