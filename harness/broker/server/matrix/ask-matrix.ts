import type { Sql } from '../store/database.ts'
import { integrationsOf } from './integrations.ts'
import type { MatrixQuery, MatrixSelector } from './matrix-query.ts'
import { checkEnvironment, resolveSelectors, type ResolvedSelector } from './resolve.ts'
import { matrixRows, type MatrixRow } from './rows.ts'
import { summarise, type ConsideredRow, type Summary } from './summary.ts'

/** What the matrix answers. */
export type MatrixAnswer = Readonly<{ summary: Summary; rows: readonly ConsideredRow[] }>

/**
 * Answers a question to the matrix. Where it says which versions of others count (those in an environment, say), what the named
 * versions work with is found out first.
 * @throws BrokerRefusal 400 where it names what is not there.
 */
export async function askMatrix(sql: Sql, query: MatrixQuery): Promise<MatrixAnswer> {
  await checkEnvironment(sql, query.others?.environment)
  const named = await resolveSelectors(sql, query.selectors, true)
  const ignored = await resolveKnown(sql, query.ignored)
  const integrations = await integrationsFor(sql, query, named)
  const selectors = [...named, ...(await addOthers(sql, { query, named, integrations }))]
  const rows = (await matrixRows(sql, selectors, query)).map((row) => ({
    ...row,
    ignored: ignored.some((one) => touches(one, row)),
  }))
  return { summary: summarise({ selectors, ignored, integrations, rows }), rows }
}

type Integrations = Awaited<ReturnType<typeof integrationsOf>>

/** Where only the named ones count, only what is between them does. */
async function integrationsFor(
  sql: Sql,
  { others }: MatrixQuery,
  named: readonly ResolvedSelector[],
): Promise<Integrations> {
  const all = await integrationsOf(sql, named)
  if (others !== undefined || named.length === 1) return all
  const names = new Set(named.map(({ pacticipant }) => pacticipant.name))
  return all.filter(({ consumer, provider }) => names.has(consumer) && names.has(provider))
}

async function addOthers(
  sql: Sql,
  {
    query,
    named,
    integrations,
  }: { query: MatrixQuery; named: readonly ResolvedSelector[]; integrations: Integrations },
): Promise<readonly ResolvedSelector[]> {
  const { others } = query
  if (others === undefined) return []
  const known = new Set(named.map(({ pacticipant }) => pacticipant.name))
  const names = new Set(integrations.flatMap(({ consumer, provider }) => [consumer, provider]))
  const added = [...names].filter((name) => !known.has(name))
  return resolveSelectors(
    sql,
    added.map((pacticipant): MatrixSelector => ({ pacticipant, ...others })),
    false,
  )
}

/** What is to be ignored and is not there needs no ignoring. */
async function resolveKnown(sql: Sql, selectors: readonly MatrixSelector[]): Promise<readonly ResolvedSelector[]> {
  const resolved: ResolvedSelector[] = []
  for (const selector of selectors) {
    const one = await resolveSelectors(sql, [selector], false).catch(() => [])
    resolved.push(...one)
  }
  return resolved
}

function touches({ pacticipant, versions }: ResolvedSelector, row: MatrixRow): boolean {
  if (versions.kind === 'none') return false
  const sides = [
    { name: row.consumer, id: row.consumerVersionId },
    { name: row.provider, id: row.providerVersionId },
  ]
  return sides.some(
    ({ name, id }) =>
      name === pacticipant.name && (versions.kind === 'all' || versions.versions.some((version) => version.id === id)),
  )
}
