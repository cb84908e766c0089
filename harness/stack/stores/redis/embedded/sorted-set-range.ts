import { float, formatFloat, integer, sliceBounds } from './numbers.ts'
import { CommandError, SYNTAX_ERROR } from './reply.ts'
import type { Reply } from './reply.ts'
import type { ValueOf } from './value.ts'

export type Ranked = [member: string, score: number]

/** What a range command asks for. `pick` takes all members in their order and returns those asked for, in that order. */
export type Range = { scores: boolean; pick(all: readonly Ranked[]): readonly Ranked[] }

type RangeOptions = {
  byScore: boolean
  reversed: boolean
  scores: boolean
  limit: [offset: number, count: number] | undefined
}

/** The members by score, those with the same score by their bytes. */
export function ranked(zset: ValueOf<'zset'> | undefined): Ranked[] {
  return [...(zset?.scores ?? [])].toSorted(([a, scoreA], [b, scoreB]) => scoreA - scoreB || (a < b ? -1 : 1))
}

/** Whether a member lies between two bounds: `1`, `(1` (not 1 itself), `-inf`, `+inf`. */
export function scoreFilter(min: string, max: string): (entry: Ranked) => boolean {
  const [lowest, highest] = [bound(min), bound(max)]
  return ([, score]) =>
    (lowest.exclusive ? score > lowest.value : score >= lowest.value) &&
    (highest.exclusive ? score < highest.value : score <= highest.value)
}

/** Reads what ZRANGE takes: two indexes or, with BYSCORE, two bounds; REV, LIMIT, WITHSCORES. BYLEX is not there. */
export function readRange(start: string, stop: string, args: readonly string[]): Range {
  const options = readOptions(args)
  if (options.limit !== undefined && !options.byScore) {
    throw new CommandError('ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX')
  }
  return {
    scores: options.scores,
    pick: options.byScore ? pickByScore(start, stop, options) : pickByRank(start, stop, options),
  }
}

/** Members as an answer, each followed by its score if that was asked for. */
export function withScores(entries: readonly Ranked[], scores: boolean): Reply {
  return entries.flatMap(([member, score]) => (scores ? [member, formatFloat(score)] : [member]))
}

function pickByRank(start: string, stop: string, { reversed }: RangeOptions): Range['pick'] {
  const [first, last] = [integer(start), integer(stop)]
  return (all) => (reversed ? all.toReversed() : all).slice(...sliceBounds(first, last, all.length))
}

function pickByScore(start: string, stop: string, { reversed, limit }: RangeOptions): Range['pick'] {
  const inRange = reversed ? scoreFilter(stop, start) : scoreFilter(start, stop)
  const [offset, count] = limit ?? [0, -1]
  return (all) => {
    const found = all.filter(inRange)
    return (reversed ? found.toReversed() : found).slice(offset, count < 0 ? undefined : offset + count)
  }
}

function readOptions(args: readonly string[]): RangeOptions {
  const options: RangeOptions = { byScore: false, reversed: false, scores: false, limit: undefined }
  const rest = [...args]
  for (let option = rest.shift()?.toUpperCase(); option !== undefined; option = rest.shift()?.toUpperCase()) {
    if (option === 'BYSCORE') options.byScore = true
    else if (option === 'REV') options.reversed = true
    else if (option === 'WITHSCORES') options.scores = true
    else if (option === 'LIMIT' && rest.length >= 2)
      options.limit = [integer(rest.shift() ?? ''), integer(rest.shift() ?? '')]
    else throw new CommandError(SYNTAX_ERROR)
  }
  return options
}

function bound(text: string): { value: number; exclusive: boolean } {
  const exclusive = text.startsWith('(')
  return { value: float(exclusive ? text.slice(1) : text, 'ERR min or max is not a float'), exclusive }
}
