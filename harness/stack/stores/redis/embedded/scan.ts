import { globToRegExp } from './glob.ts'
import type { Keyspace } from './keyspace.ts'
import { integer } from './numbers.ts'
import { CommandError, SYNTAX_ERROR } from './reply.ts'
import type { Reply } from './reply.ts'

type ScanOptions = { match: RegExp | undefined; count: number; type: string | undefined }

const DEFAULT_COUNT = 10

/**
 * One step of SCAN. Keys are walked in the order of their hashes and the cursor is the next hash, so a walk returns every
 * key that exists all the while, however many come and go in between.
 */
export function scanKeys(db: Keyspace, cursor: string, options: readonly string[]): Reply {
  if (!/^\d+$/.test(cursor)) throw new CommandError('ERR invalid cursor')
  const { match, count, type } = readOptions(options)
  const ahead = db
    .keys()
    .map((key) => ({ key, hash: hashOf(key) }))
    .filter(({ hash }) => hash >= Number(cursor))
    .toSorted((a, b) => a.hash - b.hash)
  const next = ahead.slice(count).find(({ hash }) => hash !== ahead[count - 1]?.hash)?.hash
  const keys = ahead
    .filter(({ hash }) => next === undefined || hash < next)
    .map(({ key }) => key)
    .filter((key) => match?.test(key) ?? true)
    .filter((key) => type === undefined || db.get(key)?.type === type)
  return [String(next ?? 0), keys]
}

function readOptions(args: readonly string[]): ScanOptions {
  const options: ScanOptions = { match: undefined, count: DEFAULT_COUNT, type: undefined }
  for (let index = 0; index < args.length; index += 2) {
    const [name = '', value] = args.slice(index, index + 2)
    if (value === undefined) throw new CommandError(SYNTAX_ERROR)
    if (name.toLowerCase() === 'match') options.match = globToRegExp(value)
    else if (name.toLowerCase() === 'count') options.count = countOf(value)
    else if (name.toLowerCase() === 'type') options.type = value.toLowerCase()
    else throw new CommandError(SYNTAX_ERROR)
  }
  return options
}

function countOf(text: string): number {
  const count = integer(text)
  if (count < 1) throw new CommandError(SYNTAX_ERROR)
  return count
}

/** FNV-1a, 32 bits, never 0: that cursor means the start, and the end. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  return (hash >>> 0) + 1
}
