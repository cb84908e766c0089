import { Verifier, type VerifierOptions } from '@pact-foundation/pact'
import type { ShopBackend } from './shop-pact.ts'

/** Whether a verification counted as passed, and what it printed or threw. */
export type VerifiedFromBroker = Readonly<{ passed: boolean; output: string }>

type Options = Readonly<{
  version: string
  branch?: string
  tags?: readonly string[]
  provider?: string
  selectors: VerifierOptions['consumerVersionSelectors']
}> &
  Partial<Pick<VerifierOptions, 'enablePending' | 'includeWipPactsSince' | 'pactBrokerToken'>>

/** Verifies what a broker says is to be verified with pact-js's own Verifier, and publishes the results. */
export async function verifyFromBroker(
  broker: Readonly<{ url: string }>,
  backend: ShopBackend,
  { version, branch, tags, provider = 'shop-backend', selectors, ...rest }: Options,
): Promise<VerifiedFromBroker> {
  const verifier = new Verifier({
    provider,
    providerBaseUrl: backend.url,
    pactBrokerUrl: broker.url,
    consumerVersionSelectors: selectors ?? [],
    publishVerificationResult: true,
    providerVersion: version,
    ...(branch !== undefined && { providerVersionBranch: branch }),
    ...(tags && { providerVersionTags: [...tags] }),
    stateHandlers: { orderExists: () => Promise.resolve() },
    logLevel: 'error',
    ...rest,
  })
  try {
    return { passed: true, output: await verifier.verifyProvider() }
  } catch (error) {
    return { passed: false, output: error instanceof Error ? error.message : String(error) }
  }
}
