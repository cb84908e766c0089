import { listenMock } from '#harness/mock/listen.ts'
import type { Mock } from '#harness/mock/mock.ts'
import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import type { PactFile } from '../file/pact-file.ts'
import type { Target } from './target.ts'

/** A mock on a port, as a target. Its own findings are evidence: what it would have sent outside its contract. */
export async function mockTarget(
  mock: Mock,
  options: { pacts?: readonly PactFile[]; allowedOrigins?: readonly string[] } = {},
): Promise<Target> {
  const findings: Finding[] = []
  const listening = await listenMock(mock, { ...options, onFinding: (finding) => findings.push(finding) })
  return {
    name: 'mock',
    baseUrl: listening.url,
    states: new Set(Object.keys(mock.contract.stateDefinitions)),
    setUp: listening.setUp,
    reset() {
      findings.length = 0
      return Promise.resolve(listening.reset())
    },
    evidence: () => findings.map(describeFinding),
    [Symbol.asyncDispose]: () => listening.stop(),
  }
}
