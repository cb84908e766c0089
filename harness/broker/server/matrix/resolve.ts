import { invalid } from '../refusal.ts'
import type { Sql } from '../store/database.ts'
import { findEnvironment } from '../store/environments.ts'
import { findPacticipant, type Pacticipant } from '../store/pacticipants.ts'
import type { MatrixSelector } from './matrix-query.ts'

/** A version that a selector stands for. */
export type FoundVersion = Readonly<{ id: number; number: string }>

/** A selector with what it stands for. `all` are all versions of the pacticipant; `none` is a version that there is not. */
export type ResolvedSelector = Readonly<{
  pacticipant: Readonly<{ id: number; name: string }>
  by: MatrixSelector
  /** Named in the question, or added for what the named ones work with. */
  named: boolean
  versions: Readonly<{ kind: 'all' } | { kind: 'none' } | { kind: 'some'; versions: readonly FoundVersion[] }>
}>

/**
 * Looks up what selectors stand for.
 * @throws BrokerRefusal 400 where a pacticipant, or an environment, is not there.
 */
export async function resolveSelectors(
  sql: Sql,
  selectors: readonly MatrixSelector[],
  named: boolean,
): Promise<readonly ResolvedSelector[]> {
  const found = await Promise.all(
    selectors.map(async (by) => ({ by, pacticipant: await findPacticipant(sql, by.pacticipant) })),
  )
  const missing = found.flatMap(({ by, pacticipant }) =>
    pacticipant ? [] : [`Pacticipant ${by.pacticipant} not found`],
  )
  if (missing.length > 0) throw invalid(missing)
  return Promise.all(
    found.flatMap(({ by, pacticipant }) => (pacticipant ? [resolve(sql, pacticipant, { by, named })] : [])),
  )
}

/** @throws BrokerRefusal 400 where there is no environment of this name. */
export async function checkEnvironment(sql: Sql, name: string | undefined): Promise<void> {
  if (name !== undefined && !(await findEnvironment(sql, { name })))
    throw invalid([`Environment with name '${name}' does not exist`])
}

async function resolve(
  sql: Sql,
  { id, name, mainBranch }: Pacticipant,
  { by, named }: { by: MatrixSelector; named: boolean },
): Promise<ResolvedSelector> {
  const base = { pacticipant: { id, name }, named }
  if (!by.mainBranch) return { ...base, by, versions: await versionsOf(sql, id, by) }
  if (mainBranch === null && named) throw invalid([`No main branch is configured for ${name}`])
  // A pacticipant without a main branch has no version on it.
  if (mainBranch === null) return { ...base, by, versions: { kind: 'none' } }
  return { ...base, by, versions: await versionsOf(sql, id, { ...by, branch: mainBranch, latest: true }) }
}

async function versionsOf(sql: Sql, id: number, by: MatrixSelector): Promise<ResolvedSelector['versions']> {
  const { version, tag, branch, environment, latest } = by
  if ([version, tag, branch, environment, latest].every((part) => part === undefined)) return { kind: 'all' }
  const values: unknown[] = [id]
  const where = ['v.pacticipant_id = $1']
  if (version !== undefined) where.push(`v.number = $${values.push(version)}`)
  if (tag !== undefined)
    where.push(`exists (select from tags t where t.version_id = v.id and t.name = $${values.push(tag)})`)
  if (branch !== undefined)
    where.push(`exists (select from branch_versions bv join branches b on b.id = bv.branch_id
      where bv.version_id = v.id and b.name = $${values.push(branch)})`)
  if (environment !== undefined)
    where.push(`v.id in (select w.version_id from (
        select version_id, environment_id from deployed_versions where pacticipant_id = $1 and undeployed_at is null
        union select version_id, environment_id from released_versions where pacticipant_id = $1 and support_ended_at is null) w
      join environments e on e.id = w.environment_id where e.name = $${values.push(environment)})`)
  const versions = await sql.rows<FoundVersion>(
    `select v.id, v.number from versions v where ${where.join(' and ')} order by v.id desc${latest ? ' limit 1' : ''}`,
    values,
  )
  return versions.length === 0 ? { kind: 'none' } : { kind: 'some', versions }
}
