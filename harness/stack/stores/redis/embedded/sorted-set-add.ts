import type { Keyspace } from './keyspace.ts'
import { float, formatFloat } from './numbers.ts'
import { CommandError, SYNTAX_ERROR } from './reply.ts'
import type { Reply } from './reply.ts'

const OPTIONS = ['NX', 'XX', 'GT', 'LT', 'CH', 'INCR'] as const
type Option = (typeof OPTIONS)[number]
type Addition = { options: ReadonlySet<Option>; entries: readonly [score: number, member: string][] }
type Outcome = 'added' | 'updated' | 'unchanged' | 'refused'

/** ZADD: adds members or changes their scores. Answers how many were added (CH: or changed); with INCR the new score. */
export function addMembers(db: Keyspace, key: string, args: readonly string[]): Reply {
  const { options, entries } = readAddition(args)
  return db.change(key, 'zset', ({ scores }) => {
    const outcomes = entries.map(([score, member]) => addMember(scores, { score, member, options }))
    const counted = outcomes.filter(
      (outcome) => outcome === 'added' || (outcome === 'updated' && options.has('CH')),
    ).length
    if (!options.has('INCR')) return counted
    const [, member = ''] = entries[0] ?? []
    return outcomes[0] === 'refused' ? null : formatFloat(scores.get(member) ?? 0)
  })
}

type Member = { score: number; member: string; options: ReadonlySet<Option> }

function addMember(scores: Map<string, number>, { score, member, options }: Member): Outcome {
  const current = scores.get(member)
  const next = options.has('INCR') ? (current ?? 0) + score : score
  if (Number.isNaN(next)) throw new CommandError('ERR resulting score is not a number (NaN)')
  if (current === undefined ? options.has('XX') : !mayChange(options, current, next)) return 'refused'
  scores.set(member, next)
  if (current === undefined) return 'added'
  return next === current ? 'unchanged' : 'updated'
}

function mayChange(options: ReadonlySet<Option>, current: number, next: number): boolean {
  return !options.has('NX') && !(options.has('GT') && next <= current) && !(options.has('LT') && next >= current)
}

function readAddition(args: readonly string[]): Addition {
  const first = args.findIndex((arg) => !isOption(arg.toUpperCase()))
  const options = new Set(
    args
      .slice(0, Math.max(0, first))
      .map((arg) => arg.toUpperCase())
      .filter(isOption),
  )
  const rest = args.slice(Math.max(0, first))
  if (first === -1 || rest.length % 2 !== 0) throw new CommandError(SYNTAX_ERROR)
  if (options.has('NX') && options.has('XX'))
    throw new CommandError('ERR XX and NX options at the same time are not compatible')
  if (['NX', 'GT', 'LT'].filter((option) => isOption(option) && options.has(option)).length > 1) {
    throw new CommandError('ERR GT, LT, and/or NX options at the same time are not compatible')
  }
  if (options.has('INCR') && rest.length > 2)
    throw new CommandError('ERR INCR option supports a single increment-element pair')
  const entries = Array.from({ length: rest.length / 2 }, (_, index): [number, string] => [
    float(rest[2 * index] ?? ''),
    rest[2 * index + 1] ?? '',
  ])
  return { options, entries }
}

function isOption(text: string): text is Option {
  return OPTIONS.some((option) => option === text)
}
