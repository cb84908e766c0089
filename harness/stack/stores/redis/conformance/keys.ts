import { eventually } from '../../../testing/eventually.ts'
import type { ConformanceCases, Wire } from './wire.ts'

export const keyCases: ConformanceCases = {
  'DEL, UNLINK and EXISTS count the keys': async (redis) => {
    await redis.call('MSET', 'a', '1', 'b', '2', 'c', '3')
    expect(await redis.call('EXISTS', 'a', 'a', 'nothing', 'c')).toBe(3)
    expect(await redis.call('DEL', 'a', 'nothing')).toBe(1)
    expect(await redis.call('UNLINK', 'b', 'c')).toBe(2)
    expect(await redis.call('DBSIZE')).toBe(0)
  },
  'TYPE names what a key holds': async (redis) => {
    await redis.call('SET', 'string', '1')
    await redis.call('HSET', 'hash', 'a', '1')
    await redis.call('SADD', 'set', 'a')
    await redis.call('RPUSH', 'list', 'a')
    await redis.call('ZADD', 'zset', 1, 'a')
    for (const type of ['string', 'hash', 'set', 'list', 'zset']) expect(await redis.call('TYPE', type)).toBe(type)
    expect(await redis.call('TYPE', 'nothing')).toBe('none')
  },
  'a command for another type is refused and changes nothing': async (redis) => {
    const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value'
    await redis.call('SET', 'text', 'a')
    await redis.call('SADD', 'set', 'a')
    expect(await redis.refusal('HSET', 'text', 'a', '1')).toBe(wrongType)
    expect(await redis.refusal('LPUSH', 'text', 'a')).toBe(wrongType)
    expect(await redis.refusal('SADD', 'text', 'a')).toBe(wrongType)
    expect(await redis.refusal('ZADD', 'text', 1, 'a')).toBe(wrongType)
    expect(await redis.refusal('GET', 'set')).toBe(wrongType)
    expect(await redis.refusal('INCR', 'set')).toBe(wrongType)
    expect(await redis.refusal('SET', 'set', 'a', 'GET')).toBe(wrongType)
    expect(await redis.call('SET', 'set', 'now a text')).toBe('OK')
    expect(await redis.call('GET', 'text')).toBe('a')
  },
  'EXPIRE, PEXPIRE, EXPIREAT and PEXPIREAT set when a key expires': async (redis) => {
    const soon = Date.now() + 100_000
    const commands = [
      ['EXPIRE', 100],
      ['PEXPIRE', 100_000],
      ['EXPIREAT', Math.round(soon / 1_000)],
      ['PEXPIREAT', soon],
    ] as const
    for (const [command, amount] of commands) {
      await redis.call('SET', command, '1')
      expect(await redis.call(command, command, amount)).toBe(1)
      expect(await redis.call('PTTL', command)).toBeGreaterThan(60_000)
      expect(await redis.call(command, 'nothing', amount)).toBe(0)
    }
  },
  'a collection expires like a text': async (redis) => {
    await redis.call('HSET', 'session', 'user', 'a')
    await redis.call('PEXPIRE', 'session', 20)
    await eventually('the key has expired', async () => (await redis.call('EXISTS', 'session')) === 0)
    expect(await redis.call('HGETALL', 'session')).toEqual([])
    expect(await redis.call('DBSIZE')).toBe(0)
  },
  'an expiry in the past deletes at once': async (redis) => {
    await redis.call('SET', 'a', '1')
    expect(await redis.call('EXPIRE', 'a', -1)).toBe(1)
    expect(await redis.call('EXISTS', 'a')).toBe(0)
  },
  'an expiry beyond all time is refused': async (redis) => {
    const ages = '9223372036854775807'
    expect(await redis.refusal('SET', 'a', '1', 'EX', ages)).toBe("ERR invalid expire time in 'set' command")
    expect(await redis.refusal('SETEX', 'a', ages, '1')).toBe("ERR invalid expire time in 'setex' command")
    await redis.call('SET', 'a', '1')
    expect(await redis.refusal('EXPIRE', 'a', ages)).toBe("ERR invalid expire time in 'expire' command")
    expect(await redis.refusal('PEXPIRE', 'a', ages)).toBe("ERR invalid expire time in 'pexpire' command")
    expect(await redis.call('TTL', 'a')).toBe(-1)
  },
  'EXPIRE takes NX, XX, GT and LT': async (redis) => {
    await redis.call('SET', 'a', '1')
    expect(await redis.call('EXPIRE', 'a', 100, 'XX')).toBe(0)
    expect(await redis.call('EXPIRE', 'a', 100, 'GT')).toBe(0)
    expect(await redis.call('EXPIRE', 'a', 100, 'NX')).toBe(1)
    expect(await redis.call('EXPIRE', 'a', 200, 'NX')).toBe(0)
    expect(await redis.call('EXPIRE', 'a', 200, 'LT')).toBe(0)
    expect(await redis.call('EXPIRE', 'a', 200, 'GT')).toBe(1)
    expect(await redis.call('EXPIRE', 'a', 50, 'lt')).toBe(1)
    expect(await redis.refusal('EXPIRE', 'a', 50, 'SOON')).toBe('ERR Unsupported option SOON')
    expect(await redis.refusal('EXPIRE', 'a', 'soon')).toBe('ERR value is not an integer or out of range')
  },
  'TTL and PTTL tell what is left; PERSIST ends it': async (redis) => {
    await redis.call('SET', 'a', '1')
    expect(await redis.call('TTL', 'a')).toBe(-1)
    expect(await redis.call('PTTL', 'a')).toBe(-1)
    expect(await redis.call('TTL', 'nothing')).toBe(-2)
    expect(await redis.call('PERSIST', 'a')).toBe(0)
    await redis.call('EXPIRE', 'a', 100)
    expect(await redis.call('TTL', 'a')).toBe(100)
    expect(await redis.call('PERSIST', 'a')).toBe(1)
    expect(await redis.call('TTL', 'a')).toBe(-1)
  },
  'RENAME moves value and expiry': async (redis) => {
    await redis.call('SET', 'a', '1', 'EX', 100)
    await redis.call('SET', 'b', '2')
    expect(await redis.call('RENAME', 'a', 'b')).toBe('OK')
    expect(await redis.call('GET', 'b')).toBe('1')
    expect(await redis.call('TTL', 'b')).toBeGreaterThan(90)
    expect(await redis.refusal('RENAME', 'a', 'b')).toBe('ERR no such key')
  },
  'KEYS finds by pattern': async (redis) => {
    const keys = ['user:1', 'user:2', 'user:12', 'user*', 'user?', 'userB', 'order:1', 'a.c', 'abc', 'line\nbreak']
    await redis.call('MSET', ...keys.flatMap((key) => [key, '1']))
    const found = async (pattern: string): Promise<string[]> =>
      ((await redis.call('KEYS', pattern)) as string[]).toSorted()
    expect(await found('*')).toEqual(keys.toSorted())
    expect(await found('user:*')).toEqual(['user:1', 'user:12', 'user:2'])
    expect(await found('user:?')).toEqual(['user:1', 'user:2'])
    expect(await found('user:[12]')).toEqual(['user:1', 'user:2'])
    expect(await found('user:[^1]')).toEqual(['user:2'])
    expect(await found('user[A-C]')).toEqual(['userB'])
    expect(await found('user[C-A]')).toEqual(['userB'])
    expect(await found('user\\*')).toEqual(['user*'])
    expect(await found('user\\?')).toEqual(['user?'])
    expect(await found('a.c')).toEqual(['a.c'])
    expect(await found('line*break')).toEqual(['line\nbreak'])
  },
  'SCAN finds every key once the walk is over, also while others come and go': async (redis) => {
    const keys = Array.from({ length: 250 }, (_, index) => `kept:${index}`)
    await redis.call('MSET', ...keys.flatMap((key, index) => [key, '1', `doomed:${index}`, '1']))
    const seen = new Set<string>()
    for await (const [step, page] of pages(redis, ['COUNT', 20])) {
      for (const key of page) seen.add(key)
      await redis.call('SET', `new:${step}`, '1')
      const doomed = page.filter((key) => key.startsWith('doomed:'))
      if (doomed.length > 0) await redis.call('DEL', ...doomed)
    }
    expect([...seen].filter((key) => key.startsWith('kept:')).toSorted()).toEqual(keys.toSorted())
  },
  'SCAN takes MATCH and TYPE': async (redis) => {
    await redis.call('MSET', 'a:1', '1', 'a:2', '1', 'b:1', '1')
    await redis.call('SADD', 'a:3', '1')
    const found: string[] = []
    for await (const [, page] of pages(redis, ['MATCH', 'a:*', 'TYPE', 'string'])) found.push(...page)
    expect(found.toSorted()).toEqual(['a:1', 'a:2'])
  },
  'SCAN refuses what makes no sense': async (redis) => {
    expect(await redis.refusal('SCAN', 'start')).toBe('ERR invalid cursor')
    expect(await redis.refusal('SCAN', 0, 'COUNT', 0)).toBe('ERR syntax error')
    expect(await redis.refusal('SCAN', 0, 'MATCH')).toBe('ERR syntax error')
  },
}

/** All pages of a SCAN, numbered. */
async function* pages(redis: Wire, options: (string | number)[]): AsyncGenerator<[number, string[]]> {
  let cursor = '0'
  let step = 0
  do {
    const [next, page] = (await redis.call('SCAN', cursor, ...options)) as [string, string[]]
    yield [++step, page]
    cursor = next
  } while (cursor !== '0')
}
