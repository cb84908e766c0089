/** What a path led to, and the texts that its parameters have, percent-decoded. */
export type Found<T> = Readonly<{ leaf: T; params: Readonly<Record<string, string>> }>

/** Path templates, each with something at its end. */
export type RouteTree<T> = Readonly<{
  /** Adds a template; of two that take the same paths the first one stays. */
  add: (template: string, leaf: T) => void
  find: (path: string) => Found<T> | undefined
}>

type Branch<T> = {
  readonly literals: Map<string, Branch<T>>
  /** In the order in which they are tried. */
  readonly patterns: { readonly pattern: SegmentPattern; readonly branch: Branch<T> }[]
  end: Readonly<{ leaf: T; names: readonly string[] }> | undefined
}

/** A segment with parameters: `{id}`, or `{name}.json`. */
type SegmentPattern = Readonly<{
  shape: string
  /** Adds the texts of its parameters, where the segment is one of these. */
  take: (segment: string, values: string[]) => boolean
}>

/**
 * Makes an empty tree. A path is followed segment by segment: where it can, it goes to a literal segment, then to one that
 * is literal in part, then to a parameter, in whatever order the templates were added.
 */
export function routeTree<T>(): RouteTree<T> {
  const root = emptyBranch<T>()
  return {
    add(template, leaf) {
      let branch = root
      for (const segment of template.slice(1).split('/')) branch = branchAt(branch, segment)
      branch.end ??= { leaf, names: [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '') }
    },
    find(path) {
      const values: string[] = []
      const end = follow(root, { path, values }, 1)
      return end && { leaf: end.leaf, params: paramsOf(end.names, values) }
    },
  }
}

function emptyBranch<T>(): Branch<T> {
  return { literals: new Map(), patterns: [], end: undefined }
}

function branchAt<T>(from: Branch<T>, segment: string): Branch<T> {
  if (!segment.includes('{')) {
    const branch = from.literals.get(segment) ?? emptyBranch<T>()
    from.literals.set(segment, branch)
    return branch
  }
  const pattern = patternOf(segment)
  const known = from.patterns.find((one) => one.pattern.shape === pattern.shape)
  if (known) return known.branch
  const branch = emptyBranch<T>()
  from.patterns.push({ pattern, branch })
  // The longer shape says more.
  from.patterns.sort((a, b) => b.pattern.shape.length - a.pattern.shape.length)
  return branch
}

function patternOf(segment: string): SegmentPattern {
  const shape = segment.replace(/\{[^{}]+\}/g, '{}')
  if (shape === '{}') return { shape, take: (text, values) => text !== '' && values.push(text) > 0 }
  const source = shape.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll('{}', '(.+)')
  const pattern = new RegExp(`^${source}$`)
  function take(text: string, values: string[]): boolean {
    const found = pattern.exec(text)?.slice(1)
    if (found) values.push(...found)
    return found !== undefined
  }
  return { shape, take }
}

type Way = Readonly<{ path: string; values: string[] }>

/** Follows a path from a position on, and turns back where it leads nowhere. */
function follow<T>(branch: Branch<T>, way: Way, start: number): Branch<T>['end'] {
  const slash = way.path.indexOf('/', start)
  const segment = slash < 0 ? way.path.slice(start) : way.path.slice(start, slash)
  const literal = branch.literals.get(segment) ?? branch.literals.get(decode(segment))
  const found = literal && onward(literal, way, slash)
  if (found) return found
  const known = way.values.length
  for (const { pattern, branch: next } of branch.patterns) {
    const end = pattern.take(segment, way.values) ? onward(next, way, slash) : undefined
    if (end) return end
    way.values.length = known
  }
  return undefined
}

function onward<T>(next: Branch<T>, way: Way, slash: number): Branch<T>['end'] {
  return slash < 0 ? next.end : follow(next, way, slash + 1)
}

const none: Readonly<Record<string, string>> = Object.freeze({})

function paramsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  if (names.length === 0) return none
  const params: Record<string, string> = {}
  for (let index = 0; index < names.length; index++) params[names[index] ?? ''] = decode(values[index] ?? '')
  return params
}

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
