import { invalid } from '../refusal.ts'

/** Versions of a pacticipant: one, the latest of somewhere, all of somewhere, or all. */
export type MatrixSelector = Readonly<{
  pacticipant: string
  version?: string
  tag?: string
  branch?: string
  environment?: string
  mainBranch?: true
  latest?: true
}>

/** A question to the matrix. */
export type MatrixQuery = Readonly<{
  selectors: readonly MatrixSelector[]
  ignored: readonly MatrixSelector[]
  /** Which versions count of those that a selected one works with and nobody named; undefined where only the named ones do. */
  others: Omit<MatrixSelector, 'pacticipant'> | undefined
  /** One row for each consumer and provider version, for each consumer version and provider, or for each pact; else all. */
  latestBy: 'cvpv' | 'cvp' | 'cp' | undefined
  success: readonly (boolean | null)[] | undefined
  limit: number | undefined
}>

type Group = Map<string, string>

/**
 * Reads the query of `/matrix`, in which `q[][pacticipant]` begins a selector.
 * @throws BrokerRefusal 400 where there is no selector, one names no pacticipant, or parts of it contradict each other.
 */
export function parseMatrixQuery(params: URLSearchParams): MatrixQuery {
  const selectors = groupsOf(params, 'q').map(selectorOf)
  if (selectors.length === 0) throw invalid(['Please provide 1 or more version selectors.'])
  return {
    selectors,
    ignored: groupsOf(params, 'ignore').map(selectorOf),
    others: othersOf(params),
    latestBy: latestByOf(params),
    success: successOf(params),
    limit: limitOf(params.get('limit')),
  }
}

/** Repeated groups as Rack reads them: a field that is there already begins the next group. */
function groupsOf(params: URLSearchParams, name: string): readonly Group[] {
  const groups: Group[] = []
  for (const [key, value] of params) {
    const field = new RegExp(`^${name}\\[\\]\\[(\\w+)\\]$`).exec(key)?.[1]
    if (field === undefined) continue
    const last = groups.at(-1)
    if (last && !last.has(field)) last.set(field, value)
    else groups.push(new Map([[field, value]]))
  }
  return groups
}

function selectorOf(group: Group): MatrixSelector {
  const pacticipant = group.get('pacticipant')
  if (!pacticipant) throw invalid(['Please specify the pacticipant name'])
  const selector = { pacticipant, ...placeOf((field) => group.get(field)) }
  if (selector.version !== undefined && selector.latest)
    throw invalid([`A version number and latest flag cannot both be specified for ${pacticipant}`])
  if (selector.branch !== undefined && selector.tag !== undefined)
    throw invalid([`A tag and a branch cannot both be specified for ${pacticipant}`])
  return selector
}

function placeOf(read: (field: string) => string | null | undefined): Omit<MatrixSelector, 'pacticipant'> {
  const text = (field: 'version' | 'tag' | 'branch' | 'environment'): object => {
    const value = read(field)
    return value ? { [field]: value } : {}
  }
  return {
    ...text('version'),
    ...text('tag'),
    ...text('branch'),
    ...text('environment'),
    ...(read('mainBranch') === 'true' && { mainBranch: true }),
    ...(read('latest') === 'true' && { latest: true }),
  }
}

function othersOf(params: URLSearchParams): MatrixQuery['others'] {
  const { version: _named, ...others } = placeOf((field) => params.get(field))
  if (others.environment !== undefined && (others.latest || others.tag !== undefined))
    throw invalid(['Cannot specify an environment with latest or a tag.'])
  // A tag, a branch or the main branch means its last version: what is on it now.
  const latest = others.tag !== undefined || others.branch !== undefined || others.mainBranch
  if (Object.keys(others).length === 0) return undefined
  return latest ? { ...others, latest: true } : others
}

function latestByOf(params: URLSearchParams): MatrixQuery['latestBy'] {
  const text = params.get('latestby')
  if (!text) return undefined
  // Of several versions in an environment each counts: the last result alone would hide what is wrong with the others.
  if (text === 'cvp' && params.get('environment')) return 'cvpv'
  if (text === 'cvpv' || text === 'cvp' || text === 'cp') return text
  throw invalid({ latestby: ['must be one of: cvpv, cvp, cp'] })
}

function successOf(params: URLSearchParams): MatrixQuery['success'] {
  const given = [...params.getAll('success[]'), ...params.getAll('success')]
  return given.length === 0 ? undefined : given.map((text) => (text === '' ? null : text === 'true'))
}

function limitOf(text: string | null): number | undefined {
  if (!text) return undefined
  const limit = Number(text)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw invalid({ limit: ['must be a positive number'] })
}
