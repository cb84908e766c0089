import { valuesOf, type AnySchema } from './alternatives.ts'
import type { Change } from './difference.ts'
import { stableJson } from './json.ts'

/** A change of one place that needs no path. */
export type Said = Readonly<{ change: Change; what: string }>

/** Keywords that say nothing of which values are taken, or that others compare. */
const silent = new Set(['type', 'description', 'title', 'examples', 'example', 'deprecated', '$comment', 'default'])
const lists = new Set(['enum', 'const'])
/** Keywords with a number: the larger one takes more (`+`), or less (`-`). */
const bounds: Readonly<Record<string, '+' | '-'>> = {
  minLength: '-',
  maxLength: '+',
  minimum: '-',
  maximum: '+',
  exclusiveMinimum: '-',
  exclusiveMaximum: '+',
  minItems: '-',
  maxItems: '+',
  minProperties: '-',
  maxProperties: '+',
}

/** How two shapes of one type differ in what stands beside their fields and items. */
export function compareConstraints(
  before: AnySchema,
  after: AnySchema,
  others: ReadonlySet<string> = new Set(),
): readonly Said[] {
  const keywords = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  const listed = compareValues(before, after)
  // Whether listed values keep to further constraints is looked up nowhere: such changes count for both sides.
  if (listed.kind === 'told') return listed.said
  return [
    ...compareWhole(before, after),
    ...keywords
      .filter((keyword) => !silent.has(keyword) && !lists.has(keyword) && !others.has(keyword))
      .flatMap((keyword) => compareKeyword(keyword, before[keyword], after[keyword])),
  ]
}

type Listed = Readonly<{ kind: 'none' }> | Readonly<{ kind: 'told'; said: readonly Said[] }>

function compareValues(before: AnySchema, after: AnySchema): Listed {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  if (!old && !now) return { kind: 'none' }
  if (old && now) return { kind: 'told', said: compareLists(old, now) }
  const free = old ? after : before
  const isFree = Object.keys(free).every((keyword) => silent.has(keyword) && keyword !== 'type')
  const words = old ? 'may be any value now, not only' : 'may only be one of'
  const what = `${words} ${(old ?? now ?? []).map(stableJson).join(', ')}`
  return { kind: 'told', said: [{ change: isFree ? (old ? 'wider' : 'narrower') : 'other', what }] }
}

function compareLists(old: readonly unknown[], now: readonly unknown[]): readonly Said[] {
  const [before, after] = [new Set(old.map(stableJson)), new Set(now.map(stableJson))]
  const [gone, come] = [[...before.difference(after)], [...after.difference(before)]]
  return [
    ...(gone.length > 0 ? [{ change: 'narrower', what: `is never ${gone.join(', ')} any more` } as const] : []),
    ...(come.length > 0 ? [{ change: 'wider', what: `may be ${come.join(', ')} now` } as const] : []),
  ]
}

/** `integer` is `number` with a constraint. */
function compareWhole(before: AnySchema, after: AnySchema): readonly Said[] {
  if (before.type === after.type) return []
  return after.type === 'integer'
    ? [{ change: 'narrower', what: 'has to be a whole number now' }]
    : [{ change: 'wider', what: 'may be a fraction now' }]
}

function compareKeyword(keyword: string, before: unknown, after: unknown): readonly Said[] {
  if (stableJson(before) === stableJson(after)) return []
  if (before === undefined) return [{ change: 'narrower', what: `has to keep ${keyword} ${text(after)} now` }]
  if (after === undefined)
    return [{ change: 'wider', what: `does not have to keep ${keyword} ${text(before)} any more` }]
  const what = `${keyword} was ${text(before)} and is ${text(after)}`
  const bound = bounds[keyword]
  if (bound === undefined || typeof before !== 'number' || typeof after !== 'number') return [{ change: 'other', what }]
  return [{ change: after > before === (bound === '+') ? 'wider' : 'narrower', what }]
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : stableJson(value)
}
