import type { BrokerClient, Document } from './broker-client.ts'
import { index, relation } from './relation.ts'

/** A pact that a broker wants a provider to verify. */
export type PactToVerify = Readonly<{
  /** `latest from main branch main, deployed in production` */
  shortDescription: string
  /** A failure does not count yet: this branch of the provider never verified it. */
  pending: boolean
  /** Nobody asked for it: a consumer is still working on it. */
  wip: boolean
  notices: readonly Readonly<{ when: string; text: string }>[]
  /** The pact, with the ids of its interactions and where its results go. */
  document: Document
}>

/** Which pacts a provider asks for: main branches, what is deployed or released, and the branch of the same name. */
export type Asking = Readonly<{ provider: string; branch: string | undefined; wipSince: string | undefined }>

/**
 * Asks a broker for the pacts that a provider is to verify, with what is pending.
 * @returns none where the broker does not know the provider
 * @throws BrokerRefused, BrokerUnreachable
 */
export async function pactsToVerify(client: BrokerClient, asking: Asking): Promise<readonly PactToVerify[]> {
  const { provider, branch, wipSince } = asking
  const address = relation(await index(client), 'pb:provider-pacts-for-verification', { provider })
  if ((await client.find(`/pacticipants/${encodeURIComponent(provider)}`)) === undefined) return []
  const answer = await client.send('POST', address, {
    consumerVersionSelectors: [
      { mainBranch: true },
      { deployedOrReleased: true },
      ...(branch === undefined ? [] : [{ matchingBranch: true }]),
    ],
    includePendingStatus: true,
    ...(branch !== undefined && { providerVersionBranch: branch }),
    ...(wipSince !== undefined && { includeWipPactsSince: wipSince }),
  })
  const pacts = ((answer['_embedded'] ?? {}) as { pacts?: readonly Verifiable[] }).pacts ?? []
  return Promise.all(
    pacts.map(async ({ shortDescription, verificationProperties: { pending, wip, notices }, _links }) => ({
      shortDescription,
      pending: pending === true,
      wip: wip === true,
      notices: notices ?? [],
      document: await client.get(_links.self.href),
    })),
  )
}

type Verifiable = Readonly<{
  shortDescription: string
  verificationProperties: Readonly<{ pending?: boolean; wip?: boolean; notices?: PactToVerify['notices'] }>
  _links: Readonly<{ self: Readonly<{ href: string }> }>
}>
