import { invalid } from '../refusal.ts'
import type { Sql } from '../store/database.ts'
import { findEnvironment } from '../store/environments.ts'
import { selectPublications, type Publication } from '../store/publications.ts'
import type { Reason, SelectedPact } from './selected-pact.ts'
import type { ConsumerSelector } from './selector.ts'

type Row = Publication & Readonly<{ place: string }>

/** A question for publications of a provider: what to join, what must hold, and what the place is called. */
type Question = Readonly<{ join?: string; where: string; place: string; values: readonly unknown[]; perPlace: boolean }>

/**
 * The pacts of a provider that one selector stands for. Each consumer is asked by itself: the latest of a branch is that of each
 * consumer's.
 * @throws BrokerRefusal 400 where it names an environment that there is not.
 */
export async function selectPacts(
  sql: Sql,
  {
    provider,
    selector,
    providerBranch,
  }: { provider: string; selector: ConsumerSelector; providerBranch: string | undefined },
): Promise<readonly SelectedPact[]> {
  if (selector.environment !== undefined && !(await findEnvironment(sql, { name: selector.environment })))
    throw invalid({ consumerVersionSelectors: [`environment with name "${selector.environment}" does not exist`] })
  const found = await ask(sql, { provider, selector }, questionOf(selector, providerBranch))
  const fallback = fallbackOf(selector)
  if (!fallback) return found
  const answered = new Set(found.map(({ publication }) => publication.consumer))
  const instead = await ask(sql, { provider, selector: fallback }, questionOf(fallback, providerBranch))
  return [
    ...found,
    ...instead
      .filter(({ publication }) => !answered.has(publication.consumer))
      .map((one) => ({ ...one, reasons: one.reasons.map((reason) => insteadOf(reason, selector)) })),
  ]
}

function fallbackOf({
  branch,
  fallbackBranch,
  tag,
  fallbackTag,
  ...rest
}: ConsumerSelector): ConsumerSelector | undefined {
  if (branch !== undefined && fallbackBranch !== undefined) return { ...rest, branch: fallbackBranch }
  if (tag !== undefined && fallbackTag !== undefined) return { ...rest, tag: fallbackTag }
  return undefined
}

function insteadOf(reason: Reason, { branch, tag }: ConsumerSelector): Reason {
  const { place } = reason
  if (place.kind === 'branch') return { ...reason, place: { ...place, insteadOf: String(branch) } }
  if (place.kind === 'tag') return { ...reason, place: { ...place, insteadOf: tag } }
  return reason
}

function questionOf(selector: ConsumerSelector, providerBranch: string | undefined): Question {
  const branch = selector.matchingBranch ? providerBranch : selector.branch
  if (selector.mainBranch) return branchQuestion('b.name = consumer.main_branch', [])
  if (branch === true) return branchQuestion('true', [])
  if (branch !== undefined) return branchQuestion('b.name = $2', [branch])
  if (selector.tag !== undefined)
    return {
      join: 'join tags t on t.version_id = cv.id and t.name = $2',
      where: 'true',
      place: 't.name',
      values: [selector.tag],
      perPlace: selector.latest === true,
    }
  if (selector.latest) return { where: 'true', place: "''", values: [], perPlace: true }
  return environmentQuestion(selector)
}

/** The pact of the last version of a branch: none, where that version has no pact with this provider any more. */
function branchQuestion(which: string, values: readonly unknown[]): Question {
  return {
    join: `join branches b on b.head_version_id = cv.id and ${which}`,
    where: 'true',
    place: 'b.name',
    values,
    perPlace: true,
  }
}

function environmentQuestion({ deployed, released, environment }: ConsumerSelector): Question {
  const deployments =
    "select version_id, environment_id, 'deployed' as how from deployed_versions where undeployed_at is null"
  const releases =
    "select version_id, environment_id, 'released' as how from released_versions where support_ended_at is null"
  const both = [...(released ? [] : [deployments]), ...(deployed ? [] : [releases])].join(' union ')
  return {
    join: `join (${both}) w on w.version_id = cv.id join environments e on e.id = w.environment_id`,
    where: environment === undefined ? 'true' : 'e.name = $2',
    place: "w.how || ' ' || e.name",
    values: environment === undefined ? [] : [environment],
    perPlace: false,
  }
}

async function ask(
  sql: Sql,
  { provider, selector }: { provider: string; selector: ConsumerSelector },
  { join = '', where, place, values, perPlace }: Question,
): Promise<readonly SelectedPact[]> {
  const given: unknown[] = [provider, ...values]
  const ofConsumer = selector.consumer === undefined ? 'true' : `consumer.name = $${given.push(selector.consumer)}`
  const select = selectPublications.replace(
    'select ',
    `select ${perPlace ? 'distinct on (consumer.name, place) ' : ''}${place} as place, `,
  )
  const rows = await sql.rows<Row>(
    `${select} ${join} where provider.name = $1 and ${where} and ${ofConsumer} order by consumer.name, place, cv.id desc`,
    given,
  )
  return rows.map(({ place: name, ...publication }) => ({
    publication,
    reasons: [
      {
        consumerVersion: publication.consumerVersion,
        ofConsumer: selector.consumer !== undefined,
        place: placeOf(selector, name),
      },
    ],
  }))
}

function placeOf(selector: ConsumerSelector, name: string): Reason['place'] {
  if (selector.mainBranch) return { kind: 'branch', branch: name, main: true }
  if (selector.branch !== undefined || selector.matchingBranch) return { kind: 'branch', branch: name }
  if (selector.tag !== undefined) return { kind: 'tag', tag: name, latest: selector.latest === true }
  if (selector.latest) return { kind: 'latest' }
  const [how, environment = ''] = name.split(/ (.*)/s)
  return { kind: how === 'released' ? 'released' : 'deployed', environment }
}
