import type { Sql } from '../store/database.ts'
import type { BrokerUrls } from '../urls.ts'
import { defaultSelectors } from './default-selectors.ts'
import { encodeMetadata } from './metadata.ts'
import { pendingFor, type ProviderPlace } from './pending.ts'
import { selectPacts } from './select-pacts.ts'
import { mergeSelected, type SelectedPact } from './selected-pact.ts'
import type { ForVerificationRequest } from './selector.ts'
import { shortDescription, verificationNotices } from './verification-notices.ts'
import { workInProgress } from './wip.ts'

/** One pact as the verifier gets it. */
type VerifiablePact = Readonly<Record<string, unknown>>

/** The pacts that a provider is to verify, with why, and whether a failure counts. */
export async function pactsForVerification(
  sql: Sql,
  { provider, request }: { provider: string; request: ForVerificationRequest },
  urls: BrokerUrls,
): Promise<readonly VerifiablePact[]> {
  const place: ProviderPlace = {
    provider,
    branch: request.providerVersionBranch ?? undefined,
    tags: request.providerVersionTags ?? [],
  }
  const selected = await selectAll(sql, place, request.consumerVersionSelectors ?? [])
  const since = request.includeWipPactsSince
  const wip = since === undefined ? [] : await workInProgress(sql, place, { since, selected })
  const describe = (pact: SelectedPact, isWip: boolean): Promise<VerifiablePact> =>
    verifiable(sql, { pact, place, wip: isWip, asksPending: request.includePendingStatus === true }, urls)
  const described: VerifiablePact[] = []
  for (const pact of selected) described.push(await describe(pact, false))
  for (const pact of wip) described.push(await describe(pact, true))
  return described
}

async function selectAll(
  sql: Sql,
  { provider, branch }: ProviderPlace,
  given: NonNullable<ForVerificationRequest['consumerVersionSelectors']>,
): Promise<readonly SelectedPact[]> {
  const selectors = given.length > 0 ? given : await defaultSelectors(sql, provider)
  const selected: SelectedPact[] = []
  for (const selector of selectors)
    selected.push(...(await selectPacts(sql, { provider, selector, providerBranch: branch })))
  return mergeSelected(selected)
}

type Described = Readonly<{ pact: SelectedPact; place: ProviderPlace; wip: boolean; asksPending: boolean }>

async function verifiable(
  sql: Sql,
  { pact, place, wip, asksPending }: Described,
  urls: BrokerUrls,
): Promise<VerifiablePact> {
  const { publication } = pact
  const pending = await pendingPlaces(sql, { pact, place, wip, asksPending })
  const url = urls.content(publication)
  return {
    shortDescription: shortDescription(pact),
    verificationProperties: {
      ...(pending && { pending: pending.length > 0 }),
      ...(wip && { wip: true }),
      notices: verificationNotices({ pact, url, place, wip, pendingFor: pending }),
    },
    _links: {
      self: {
        href: urls.contentWithMetadata(publication, encodeMetadata(pact, wip)),
        name: `Pact between ${publication.consumer} (${publication.consumerVersion}) and ${publication.provider}`,
      },
    },
  }
}

/** Work in progress is pending by itself, whatever results it got as such. */
async function pendingPlaces(
  sql: Sql,
  { pact, place, wip, asksPending }: Described,
): Promise<readonly string[] | undefined> {
  if (wip) return place.branch === undefined ? place.tags : [place.branch]
  return asksPending ? pendingFor(sql, pact.publication.contentId, place) : undefined
}
