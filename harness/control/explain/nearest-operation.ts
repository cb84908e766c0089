import type { AnyContract } from '#harness/contract/contract.ts'
import { signature, type Operation } from '#harness/contract/operation.ts'

/** The operation that is most like a call that a contract has none for, and in what it differs. */
export type NearestOperation = Readonly<{ operation: string; signature: string; differences: readonly string[] }>

/** Finds it; undefined where no operation has anything in common with the call. */
export function nearestOperation(
  contract: AnyContract,
  { method, path }: Readonly<{ method: string; path: string }>,
): NearestOperation | undefined {
  const ranked = Object.entries(contract.operations)
    .map(([name, operation]) => ({ name, operation, score: scoreOf(operation, method, path) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  const best = ranked[0]
  if (!best) return undefined
  return {
    operation: best.name,
    signature: signature(best.operation),
    differences: differencesOf(best.operation, method, path),
  }
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function isParameter(segment: string): boolean {
  return segment.includes('{')
}

/** Shared segments count most: the same ones more than those that a parameter takes; then the method. */
function scoreOf(operation: Operation, method: string, path: string): number {
  const [wanted, got] = [segmentsOf(operation.path), segmentsOf(path)]
  const shared = wanted.reduce((sum, segment, index) => {
    const other = got[index]
    if (other === undefined) return sum
    if (segment === other) return sum + 4
    return sum + (isParameter(segment) ? 2 : 3 * similarity(segment, other))
  }, 0)
  if (shared === 0) return 0
  return shared - 2 * Math.abs(wanted.length - got.length) + (operation.method === method ? 1 : 0)
}

/** The share of letter pairs that two words have in common (Dice 1945), where it is more than by chance. */
function similarity(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)]
  const common = [...a].filter((pair) => b.has(pair)).length
  const share = a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size)
  return share >= 0.5 ? share : 0
}

function pairsOf(word: string): ReadonlySet<string> {
  const lower = word.toLowerCase()
  return new Set(Array.from({ length: Math.max(lower.length - 1, 0) }, (_, index) => lower.slice(index, index + 2)))
}

function differencesOf(operation: Operation, method: string, path: string): readonly string[] {
  const [wanted, got] = [segmentsOf(operation.path), segmentsOf(path)]
  const isSamePath =
    wanted.length === got.length && wanted.every((segment, index) => isParameter(segment) || segment === got[index])
  const slash = isSamePath && path.endsWith('/') && path !== '/'
  return [
    ...(operation.method === method ? [] : [`method: ${method}, not ${operation.method}`]),
    ...(isSamePath && !slash ? [] : [`path: ${path}, not ${operation.path}`]),
  ]
}
