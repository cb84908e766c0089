import type { Finding } from '#harness/contract/finding.ts'
import type { DeployVerdict } from './deploy-verdict.ts'

const advice = {
  no: 'Correct what fails, and let the result be published again.',
  unknown: 'Let the provider verify it and publish the result; --retry-while-unknown waits for that.',
  nothing: 'Publish its pacts, and let the providers verify them; look for a mistyped name or version.',
} as const

/** What keeps a version from being deployed: nothing for a yes. `what` is in words: `shop-till 4f1c to production`. */
export function deployFindings(what: string, { kind, reasons }: DeployVerdict): readonly Finding[] {
  if (kind === 'yes') return []
  const code = kind === 'no' ? 'deploy-refused' : 'deploy-unproven'
  const all = reasons.length === 0 ? ['The broker does not say why.'] : reasons
  return all.map((reason) => ({
    code,
    severity: 'error',
    edge: what,
    message: reason.endsWith('.') ? reason : `${reason}.`,
    fix: advice[kind],
  }))
}
