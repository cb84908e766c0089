import { listenMock } from '#harness/mock/listen.ts'
import type { Mock, MockOptions } from '#harness/mock/mock.ts'
import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import type { Target } from './target.ts'

/** A mock on a port, as a target. Its own findings are evidence: what it would have sent outside its contract. */
export async function mockTarget(mock: Mock, options: Omit<MockOptions, 'onFinding'> = {}): Promise<Target> {
  const findings: Finding[] = []
  const listening = await listenMock(mock, { ...options, onFinding: (finding) => findings.push(finding) })
  return {
    name: 'mock',
    baseUrl: listening.url,
    states: new Set(Object.keys(mock.contract.stateDefinitions)),
    setUp: listening.setUp,
    async reset() {
      await listening.reset()
      findings.length = 0
    },
    evidence: () => findings.map(describeFinding),
    [Symbol.asyncDispose]: () => listening.stop(),
  }
}
