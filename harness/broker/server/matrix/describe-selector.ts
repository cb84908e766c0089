import type { MatrixSelector } from './matrix-query.ts'
import type { FoundVersion, ResolvedSelector } from './resolve.ts'

/** A side of a pact in words, as the question named it: `the version of Bar currently in production (1.2.3)`. */
export function describeSelector(
  selector: ResolvedSelector | undefined,
  row: Readonly<{ name: string; version: string | undefined }>,
): string {
  const versions = selector?.versions.kind === 'some' ? selector.versions.versions : []
  const known = row.version ?? (versions.length === 1 ? versions[0]?.number : undefined)
  const place = selector && placeOf(selector.by, row.name, versions)
  if (place !== undefined) return `${place} (${known ?? numbersOf(versions)})`
  return known === undefined ? `any version of ${row.name}` : `version ${known} of ${row.name}`
}

function placeOf(by: MatrixSelector, name: string, versions: readonly FoundVersion[]): string | undefined {
  if (by.environment !== undefined)
    return `${versions.length > 1 ? 'one of the versions' : 'the version'} of ${name} currently in ${by.environment}`
  if (by.tag !== undefined) return `${by.latest ? 'the latest' : 'a'} version of ${name} with tag ${by.tag}`
  if (by.branch !== undefined) return `the latest version of ${name} from branch ${by.branch}`
  if (by.mainBranch) return `the latest version of ${name} from the main branch`
  return by.latest ? `the latest version of ${name}` : undefined
}

function numbersOf(versions: readonly FoundVersion[]): string {
  return versions.length === 0 ? 'no such version exists' : versions.map(({ number }) => number).join(', ')
}
