import type { Broker } from '../context.ts'
import { addToBranch, isOnBranch } from '../store/branches.ts'
import type { Sql } from '../store/database.ts'
import { ensurePacticipant } from '../store/pacticipants.ts'
import { contentText, findPublication, savePublication, type Publication } from '../store/publications.ts'
import { addTag } from '../store/tags.ts'
import { ensureVersion, type Version } from '../store/versions.ts'
import { contentSha, type PactContent } from '../../pact/content.ts'
import { changesOf, type PactChange } from './changes.ts'
import { conflictRefusal } from './conflict.ts'
import { mergePacts } from '../../pact/merge.ts'
import type { PublishedPact, Publishing } from './publish-shapes.ts'

/** What became of one pact: `kept` is the same content as before for this version. */
export type PublishedResult = Readonly<{
  publication: Publication
  outcome: 'new' | 'kept' | 'merged' | 'modified'
  change: PactChange
}>

export type PublishingResult = Readonly<{
  version: Version
  created: boolean
  pacts: readonly PublishedResult[]
}>

/**
 * Publishes the pacts of a consumer version, all or none.
 * @throws BrokerRefusal 409 where the version has a pact of other content already.
 */
export async function publishPacts(broker: Broker, publishing: Publishing): Promise<PublishingResult> {
  return broker.database.transaction(async (sql) => {
    // Two jobs that publish for one version at once would both find it without a pact.
    await sql.rows('select pg_advisory_xact_lock(hashtext($1))', [`${publishing.consumer} ${publishing.version}`])
    const planned = await planPacts(sql, publishing, broker.settings.allowDangerousContractModification)
    const consumer = await ensurePacticipant(sql, publishing.consumer)
    const { version, created } = await ensureVersion(sql, consumer, {
      number: publishing.version,
      buildUrl: publishing.buildUrl,
    })
    const wasOnBranch = publishing.branch === undefined || (await isOnBranch(sql, version.id, publishing.branch))
    if (publishing.branch !== undefined) await addToBranch(sql, version, publishing.branch)
    for (const tag of publishing.tags) await addTag(sql, version, tag)
    const pacts: PublishedResult[] = []
    for (const plan of planned) pacts.push(await savePact(sql, version, { plan, publishing, wasOnBranch }))
    return { version, created, pacts }
  })
}

type Plan = Readonly<{ provider: string; content: PactContent; sha: string; outcome: PublishedResult['outcome'] }>

async function planPacts(sql: Sql, publishing: Publishing, mayModify: boolean): Promise<readonly Plan[]> {
  const plans: Plan[] = []
  const refused: { provider: string; old: PactContent; content: PactContent }[] = []
  for (const pact of onePerProvider(publishing.pacts)) {
    const edge = { consumer: publishing.consumer, provider: pact.provider }
    const existing = await findPublication(sql, edge, { version: publishing.version })
    const old = existing && (JSON.parse(await contentText(sql, existing.contentId)) as PactContent)
    const content = old && pact.onConflict === 'merge' ? mergePacts(old, pact.content) : pact.content
    const sha = contentSha(content)
    const outcome = outcomeOf(existing?.sha, sha, pact.onConflict)
    if (old && outcome !== 'kept' && !mayModify) refused.push({ provider: pact.provider, old, content })
    plans.push({ provider: pact.provider, content, sha, outcome })
  }
  if (refused.length > 0) throw conflictRefusal(publishing, refused)
  return plans
}

function outcomeOf(
  old: string | undefined,
  sha: string,
  onConflict: PublishedPact['onConflict'],
): PublishedResult['outcome'] {
  if (old === undefined) return 'new'
  if (old === sha) return 'kept'
  return onConflict === 'merge' ? 'merged' : 'modified'
}

/** Parts of one pact that come in one request belong together. */
function onePerProvider(pacts: readonly PublishedPact[]): readonly PublishedPact[] {
  const byProvider = Map.groupBy(pacts, ({ provider }) => provider)
  return [...byProvider.values()].map((parts) =>
    parts.reduce((whole, part) => ({ ...whole, content: mergePacts(whole.content, part.content) })),
  )
}

async function savePact(
  sql: Sql,
  version: Version,
  { plan, publishing, wasOnBranch }: { plan: Plan; publishing: Publishing; wasOnBranch: boolean },
): Promise<PublishedResult> {
  const provider = await ensurePacticipant(sql, plan.provider)
  const change = await changesOf(sql, {
    consumerId: version.pacticipantId,
    providerId: provider.id,
    versionId: version.id,
    sha: plan.sha,
    branch: publishing.branch,
    tags: publishing.tags,
    isNewPlace: plan.outcome !== 'kept' || !wasOnBranch,
  })
  if (plan.outcome !== 'kept')
    await savePublication(sql, {
      consumerId: version.pacticipantId,
      providerId: provider.id,
      consumerVersionId: version.id,
      sha: plan.sha,
      content: JSON.stringify(plan.content),
    })
  const publication = await findPublication(
    sql,
    { consumer: version.pacticipant, provider: plan.provider },
    { version: version.number },
  )
  if (!publication) throw new Error('the pact was deleted meanwhile. Publish it again.')
  return { publication, outcome: plan.outcome, change }
}
