import { labelsOf } from '../store/pacticipants.ts'
import type { Publication } from '../store/publications.ts'
import type { Sql } from '../store/database.ts'
import type { Verification } from '../store/verifications.ts'
import { versionsById, whereaboutsOf, type Whereabouts } from '../store/versions.ts'
import type { BrokerUrls } from '../urls.ts'

/** What happened, for the variables of a webhook. */
export type Occasion = Readonly<{
  event: string
  publication: Publication
  verification?: Verification | undefined
  /** The provider version that a pact is to be verified with, where the event names one. */
  required?: Readonly<{ number: string; branch: string; descriptions: string }> | undefined
}>

/** The values of `${pactbroker.X}` by name. */
export type Variables = Readonly<Record<string, string>>

/** Looks up what the variables of a webhook stand for on an occasion. */
export async function variablesOf(sql: Sql, occasion: Occasion, urls: BrokerUrls): Promise<Variables> {
  const { publication, verification, event } = occasion
  const [consumerVersion] = await versionsById(sql, [publication.consumerVersionId])
  const builtAt = event.startsWith('provider_') ? verification?.buildUrl : consumerVersion?.buildUrl
  return {
    eventName: event,
    pactUrl: urls.content(publication),
    buildUrl: builtAt ?? '',
    verificationResultUrl: verification ? urls.verification(verification) : '',
    ...(await consumerVariables(sql, publication)),
    ...(await providerVariables(sql, occasion)),
    currentlyDeployedProviderVersionNumber: await deployedNow(sql, publication.providerId),
    ...statuses(verification?.success),
  }
}

async function consumerVariables(sql: Sql, publication: Publication): Promise<Variables> {
  const places = (await whereaboutsOf(sql, [publication.consumerVersionId])).get(publication.consumerVersionId)
  return {
    consumerName: publication.consumer,
    consumerVersionNumber: publication.consumerVersion,
    consumerVersionBranch: branchOf(places),
    consumerVersionTags: tagsOf(places),
    consumerLabels: (await labelsOf(sql, publication.consumerId)).join(', '),
  }
}

async function providerVariables(sql: Sql, { publication, verification, required }: Occasion): Promise<Variables> {
  const id = verification?.providerVersionId
  const places = id === undefined ? undefined : (await whereaboutsOf(sql, [id])).get(id)
  return {
    providerName: publication.provider,
    providerVersionNumber: verification?.providerVersion ?? required?.number ?? '',
    providerVersionBranch: required?.branch ?? branchOf(places),
    providerVersionTags: tagsOf(places),
    providerVersionDescriptions: required?.descriptions ?? '',
    providerLabels: (await labelsOf(sql, publication.providerId)).join(', '),
  }
}

function branchOf(places: Whereabouts | undefined): string {
  return places?.branches[0]?.name ?? ''
}

function tagsOf(places: Whereabouts | undefined): string {
  return places?.tags.map(({ name }) => name).join(', ') ?? ''
}

/** The result in the words of the services that builds are reported to. */
function statuses(success: boolean | undefined): Variables {
  const words = (passed: string, failed: string, open: string): string =>
    success === undefined ? open : success ? passed : failed
  return {
    githubVerificationStatus: words('success', 'failure', 'pending'),
    gitlabVerificationStatus: words('success', 'failed', 'pending'),
    bitbucketVerificationStatus: words('SUCCESSFUL', 'FAILED', 'INPROGRESS'),
    azureDevOpsVerificationStatus: words('succeeded', 'failed', 'pending'),
  }
}

async function deployedNow(sql: Sql, pacticipantId: number): Promise<string> {
  const [found] = await sql.rows<{ number: string }>(
    `select v.number from deployed_versions d join versions v on v.id = d.version_id
     join environments e on e.id = d.environment_id
     where d.pacticipant_id = $1 and d.undeployed_at is null order by e.production desc, d.id desc limit 1`,
    [pacticipantId],
  )
  return found?.number ?? ''
}

/** Puts the values into a text; what is no variable of ours stays as it is. */
export function fillIn(
  template: string,
  variables: Variables,
  encode: (text: string) => string = (text) => text,
): string {
  return template.replaceAll(/\$\{pactbroker\.(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? encode(variables[name] ?? '') : whole,
  )
}
