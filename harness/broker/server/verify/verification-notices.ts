import type { ProviderPlace } from './pending.ts'
import type { Reason, SelectedPact } from './selected-pact.ts'

/** Something that the verifier prints, and when. */
export type VerificationNotice = Readonly<{ when: string; text: string }>

type Explained = Readonly<{
  pact: SelectedPact
  url: string
  place: ProviderPlace
  wip: boolean
  /** For which places it is pending; undefined where nobody asked. */
  pendingFor: readonly string[] | undefined
}>

const more = {
  pending: 'Read more at https://docs.pact.io/go/pending',
  wip: 'Read more at https://docs.pact.io/go/wip',
}

/** Says why a pact is verified, whether it is pending, and what a result will change about that. */
export function verificationNotices(explained: Explained): readonly VerificationNotice[] {
  const { place, pendingFor } = explained
  const inclusion = { when: 'before_verification', text: inclusionReason(explained) }
  if (pendingFor === undefined) return [inclusion]
  const who = whoOf(place, pendingFor)
  if (pendingFor.length === 0)
    return [
      inclusion,
      {
        when: 'before_verification',
        text: `This pact has previously been successfully verified by ${who('a')}. If this verification fails, it will fail the build. ${more.pending}`,
      },
    ]
  const still = `This pact is still in pending state for ${who('any')} as a successful verification result has not yet been published`
  return [
    inclusion,
    {
      when: 'before_verification',
      text: `This pact is in pending state for this version of ${place.provider} because a successful verification result for ${who('a')} has not yet been published. If this verification fails, it will not cause the overall build to fail. ${more.pending}`,
    },
    {
      when: 'after_verification:success_true_published_false',
      text: `This pact is still in pending state for ${who('any')} as the successful verification results have not yet been published.`,
    },
    { when: 'after_verification:success_false_published_false', text: still },
    {
      when: 'after_verification:success_true_published_true',
      text: `This pact is no longer in pending state for ${who('any')}, as a successful verification result has been published. If a verification for a version of ${place.provider} fails in the future, it will fail the build. ${more.pending}`,
    },
    { when: 'after_verification:success_false_published_true', text: still },
  ]
}

/** A short name for a pact to verify: `latest from branch main, deployed to production`. */
export function shortDescription({ reasons }: SelectedPact): string {
  return reasons.map(({ place }) => shortPlace(place)).join(', ')
}

function shortPlace(place: Reason['place']): string {
  switch (place.kind) {
    case 'branch':
      return `latest from ${place.main ? 'main branch' : 'branch'} ${place.branch}`
    case 'tag':
      return place.latest ? `latest with tag ${place.tag}` : `one of ${place.tag}`
    case 'latest':
      return 'latest'
    case 'deployed':
      return `deployed in ${place.environment}`
    case 'released':
      return `released in ${place.environment}`
    default:
      return place satisfies never
  }
}

function inclusionReason({ pact, url, wip }: Explained): string {
  const { publication, reasons } = pact
  if (wip)
    return `The pact at ${url} is being verified because it is a 'work in progress' pact (ie. it is the pact for the latest ${reasons.length === 1 ? 'version' : 'versions'} of ${publication.consumer} ${reasons.map(({ place }) => wipPlace(place)).join(' and ')} and is still in pending state). ${more.wip}`
  const [criteria, versions] =
    reasons.length > 1 ? ['criteria', 'the consumer versions'] : ['criterion', 'the consumer version']
  const list = reasons.map((reason) => `    * ${longPlace(reason, publication)} (${reason.consumerVersion})`).join('\n')
  return `The pact at ${url} is being verified because the pact content belongs to ${versions} matching the following ${criteria}:\n${list}`
}

function wipPlace(place: Reason['place']): string {
  return place.kind === 'branch'
    ? `from branch '${place.branch}'`
    : place.kind === 'tag'
      ? `tagged with '${place.tag}'`
      : ''
}

function longPlace({ place, ofConsumer }: Reason, { consumer, provider }: SelectedPact['publication']): string {
  const version = ofConsumer ? `version of ${consumer}` : 'version'
  const versions = ofConsumer ? `version(s) of ${consumer}` : 'consumer version(s)'
  switch (place.kind) {
    case 'branch':
      return `latest ${version} from ${place.main ? 'the main branch' : 'branch'} '${place.branch}'${insteadOf(place)}`
    case 'tag':
      if (place.latest) return `latest ${version} tagged '${place.tag}'${insteadOf(place)}`
      return `all ${ofConsumer ? consumer : 'consumer'} versions tagged '${place.tag}'`
    case 'latest':
      return `latest version of ${ofConsumer ? consumer : 'a consumer'} that has a pact with ${provider}`
    case 'deployed':
      return `${versions} currently deployed to ${place.environment}`
    case 'released':
      return `${versions} currently released and supported in ${place.environment}`
    default:
      return place satisfies never
  }
}

function insteadOf(place: Extract<Reason['place'], { kind: 'branch' | 'tag' }>): string {
  if (place.insteadOf === undefined) return ''
  return place.kind === 'branch'
    ? ` (fallback branch used as no pact was found from branch '${place.insteadOf}')`
    : ` (fallback tag used as no pact was found with tag '${place.insteadOf}')`
}

function whoOf({ provider, branch, tags }: ProviderPlace, pending: readonly string[]): (article: string) => string {
  return (article) => {
    if (branch !== undefined) return `${article} version of ${provider} from branch '${branch}'`
    const named = pending.length > 0 ? pending : tags
    return tags.length === 0
      ? provider
      : `${article} version of ${provider} with tag ${named.map((tag) => `'${tag}'`).join(' and ')}`
  }
}
