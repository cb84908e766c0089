import type { ConformanceCases } from './wire.ts'

export const hashCases: ConformanceCases = {
  'HSET counts new fields, HGET and HMGET read them': async (redis) => {
    expect(await redis.call('HSET', 'user', 'name', 'Ada', 'role', 'admin')).toBe(2)
    expect(await redis.call('HSET', 'user', 'name', 'Eve', 'age', '7')).toBe(1)
    expect(await redis.call('HGET', 'user', 'name')).toBe('Eve')
    expect(await redis.call('HGET', 'user', 'nothing')).toBeNull()
    expect(await redis.call('HGET', 'nobody', 'name')).toBeNull()
    expect(await redis.call('HMGET', 'user', 'age', 'nothing', 'role')).toEqual(['7', null, 'admin'])
    expect(await redis.refusal('HSET', 'user', 'name')).toBe("ERR wrong number of arguments for 'hset' command")
    expect(await redis.refusal('HSET', 'user', 'a', '1', 'b')).toBe("ERR wrong number of arguments for 'hset' command")
  },
  'HGETALL, HKEYS, HVALS, HLEN and HEXISTS tell what is in a hash': async (redis) => {
    await redis.call('HSET', 'user', 'name', 'Ada', 'role', 'admin')
    expect(await redis.client.hgetall('user')).toEqual({ name: 'Ada', role: 'admin' })
    expect(await redis.call('HKEYS', 'user')).toEqual(['name', 'role'])
    expect(await redis.call('HVALS', 'user')).toEqual(['Ada', 'admin'])
    expect(await redis.call('HLEN', 'user')).toBe(2)
    expect(await redis.call('HEXISTS', 'user', 'name')).toBe(1)
    expect(await redis.call('HEXISTS', 'user', 'nothing')).toBe(0)
    expect(await redis.call('HGETALL', 'nobody')).toEqual([])
  },
  'HDEL removes fields, and the key with the last one': async (redis) => {
    await redis.call('HSET', 'user', 'a', '1', 'b', '2')
    expect(await redis.call('HDEL', 'user', 'a', 'nothing')).toBe(1)
    expect(await redis.call('HDEL', 'user', 'b')).toBe(1)
    expect(await redis.call('EXISTS', 'user')).toBe(0)
    expect(await redis.call('HDEL', 'user', 'b')).toBe(0)
  },
  'HSETNX stores only what is new': async (redis) => {
    expect(await redis.call('HSETNX', 'user', 'a', '1')).toBe(1)
    expect(await redis.call('HSETNX', 'user', 'a', '2')).toBe(0)
    expect(await redis.call('HGET', 'user', 'a')).toBe('1')
  },
  'HINCRBY counts': async (redis) => {
    expect(await redis.call('HINCRBY', 'user', 'visits', 5)).toBe(5)
    expect(await redis.call('HINCRBY', 'user', 'visits', -7)).toBe(-2)
    await redis.call('HSET', 'user', 'name', 'Ada')
    expect(await redis.refusal('HINCRBY', 'user', 'name', 1)).toBe('ERR hash value is not an integer')
  },
}

export const setCases: ConformanceCases = {
  'SADD and SREM count what changed; SCARD, SISMEMBER and SMEMBERS read': async (redis) => {
    expect(await redis.call('SADD', 'tags', 'a', 'b', 'a')).toBe(2)
    expect(await redis.call('SADD', 'tags', 'b', 'c')).toBe(1)
    expect(await redis.call('SCARD', 'tags')).toBe(3)
    expect(await redis.call('SISMEMBER', 'tags', 'a')).toBe(1)
    expect(await redis.call('SISMEMBER', 'tags', 'z')).toBe(0)
    expect(((await redis.call('SMEMBERS', 'tags')) as string[]).toSorted()).toEqual(['a', 'b', 'c'])
    expect(await redis.call('SREM', 'tags', 'a', 'z')).toBe(1)
    expect(await redis.call('SREM', 'tags', 'b', 'c')).toBe(2)
    expect(await redis.call('EXISTS', 'tags')).toBe(0)
    expect(await redis.call('SMEMBERS', 'tags')).toEqual([])
    expect(await redis.call('SCARD', 'tags')).toBe(0)
  },
}

export const listCases: ConformanceCases = {
  'LPUSH and RPUSH add at the ends, LRANGE reads': async (redis) => {
    expect(await redis.call('RPUSH', 'list', 'c', 'd')).toBe(2)
    expect(await redis.call('LPUSH', 'list', 'b', 'a')).toBe(4)
    expect(await redis.call('LRANGE', 'list', 0, -1)).toEqual(['a', 'b', 'c', 'd'])
    expect(await redis.call('LRANGE', 'list', 1, 2)).toEqual(['b', 'c'])
    expect(await redis.call('LRANGE', 'list', -2, 100)).toEqual(['c', 'd'])
    expect(await redis.call('LRANGE', 'list', -100, 0)).toEqual(['a'])
    expect(await redis.call('LRANGE', 'list', 3, 1)).toEqual([])
    expect(await redis.call('LRANGE', 'list', 0, -100)).toEqual([])
    expect(await redis.call('LRANGE', 'nothing', 0, -1)).toEqual([])
    expect(await redis.call('LLEN', 'list')).toBe(4)
    expect(await redis.call('LINDEX', 'list', -1)).toBe('d')
    expect(await redis.call('LINDEX', 'list', 9)).toBeNull()
  },
  'LPOP and RPOP take from the ends, one or several': async (redis) => {
    await redis.call('RPUSH', 'list', 'a', 'b', 'c', 'd', 'e')
    expect(await redis.call('LPOP', 'list')).toBe('a')
    expect(await redis.call('RPOP', 'list')).toBe('e')
    expect(await redis.call('RPOP', 'list', 2)).toEqual(['d', 'c'])
    expect(await redis.call('LPOP', 'list', 0)).toEqual([])
    expect(await redis.call('LPOP', 'list', 9)).toEqual(['b'])
    expect(await redis.call('EXISTS', 'list')).toBe(0)
    expect(await redis.call('LPOP', 'list')).toBeNull()
    expect(await redis.call('LPOP', 'list', 2)).toBeNull()
    expect(await redis.refusal('LPOP', 'list', -1)).toBe('ERR value is out of range, must be positive')
  },
  'LTRIM keeps a part, LREM removes equal items': async (redis) => {
    await redis.call('RPUSH', 'list', 'a', 'b', 'a', 'c', 'a', 'd')
    expect(await redis.call('LREM', 'list', -1, 'a')).toBe(1)
    expect(await redis.call('LRANGE', 'list', 0, -1)).toEqual(['a', 'b', 'a', 'c', 'd'])
    expect(await redis.call('LREM', 'list', 0, 'a')).toBe(2)
    expect(await redis.call('LTRIM', 'list', 1, -2)).toBe('OK')
    expect(await redis.call('LRANGE', 'list', 0, -1)).toEqual(['c'])
    expect(await redis.call('LTRIM', 'list', 5, 9)).toBe('OK')
    expect(await redis.call('EXISTS', 'list')).toBe(0)
  },
}

export const sortedSetCases: ConformanceCases = {
  'ZADD counts new members, ZRANGE reads them by score': async (redis) => {
    expect(await redis.call('ZADD', 'board', 3, 'c', 1, 'b', 1, 'a')).toBe(3)
    expect(await redis.call('ZADD', 'board', 2, 'c', 4, 'd')).toBe(1)
    expect(await redis.call('ZADD', 'board', 'CH', 2.5, 'c', 4, 'd')).toBe(1)
    expect(await redis.call('ZRANGE', 'board', 0, -1)).toEqual(['a', 'b', 'c', 'd'])
    expect(await redis.call('ZRANGE', 'board', 1, 2, 'WITHSCORES')).toEqual(['b', '1', 'c', '2.5'])
    expect(await redis.call('ZRANGE', 'board', 0, 1, 'REV')).toEqual(['d', 'c'])
    expect(await redis.call('ZRANGE', 'nothing', 0, -1)).toEqual([])
    expect(await redis.call('ZCARD', 'board')).toBe(4)
    expect(await redis.call('ZSCORE', 'board', 'c')).toBe('2.5')
    expect(await redis.call('ZSCORE', 'board', 'nobody')).toBeNull()
    expect(await redis.call('ZRANK', 'board', 'c')).toBe(2)
    expect(await redis.call('ZRANK', 'board', 'nobody')).toBeNull()
  },
  'ZADD takes NX, XX, GT, LT and INCR': async (redis) => {
    await redis.call('ZADD', 'board', 5, 'a')
    expect(await redis.call('ZADD', 'board', 'NX', 9, 'a', 1, 'b')).toBe(1)
    expect(await redis.call('ZADD', 'board', 'XX', 9, 'c')).toBe(0)
    expect(await redis.call('ZADD', 'board', 'GT', 'CH', 4, 'a')).toBe(0)
    expect(await redis.call('ZADD', 'board', 'LT', 'CH', 4, 'a')).toBe(1)
    expect(await redis.call('ZADD', 'board', 'INCR', 2, 'a')).toBe('6')
    expect(await redis.call('ZADD', 'board', 'NX', 'INCR', 2, 'a')).toBeNull()
    expect(await redis.call('ZINCRBY', 'board', -0.5, 'b')).toBe('0.5')
    expect(await redis.call('ZRANGE', 'board', 0, -1, 'WITHSCORES')).toEqual(['b', '0.5', 'a', '6'])
    expect(await redis.refusal('ZADD', 'board', 'NX', 'XX', 1, 'a')).toBe(
      'ERR XX and NX options at the same time are not compatible',
    )
    expect(await redis.refusal('ZADD', 'board', 'GT', 'LT', 1, 'a')).toBe(
      'ERR GT, LT, and/or NX options at the same time are not compatible',
    )
    expect(await redis.refusal('ZADD', 'board', 1, 'a', 2)).toBe('ERR syntax error')
    expect(await redis.refusal('ZADD', 'board', 'high', 'a')).toBe('ERR value is not a valid float')
    expect(await redis.refusal('ZADD', 'board', 'INCR', 1, 'a', 1, 'b')).toBe(
      'ERR INCR option supports a single increment-element pair',
    )
  },
  'ZRANGEBYSCORE, ZRANGE BYSCORE and ZCOUNT take bounds': async (redis) => {
    await redis.call('ZADD', 'log', 1, 'a', 2, 'b', 3, 'c', 4, 'd', 'inf', 'e')
    expect(await redis.call('ZRANGEBYSCORE', 'log', 2, 3)).toEqual(['b', 'c'])
    expect(await redis.call('ZRANGEBYSCORE', 'log', '(2', '+inf', 'WITHSCORES')).toEqual([
      'c',
      '3',
      'd',
      '4',
      'e',
      'inf',
    ])
    expect(await redis.call('ZRANGEBYSCORE', 'log', '-inf', '(4', 'LIMIT', 1, 1)).toEqual(['b'])
    expect(await redis.call('ZRANGE', 'log', 4, 2, 'BYSCORE', 'REV')).toEqual(['d', 'c', 'b'])
    expect(await redis.call('ZRANGE', 'log', 4, '-inf', 'BYSCORE', 'REV', 'LIMIT', 1, -1)).toEqual(['c', 'b', 'a'])
    expect(await redis.call('ZCOUNT', 'log', '(1', 4)).toBe(3)
    expect(await redis.refusal('ZCOUNT', 'log', 'low', 4)).toBe('ERR min or max is not a float')
    expect(await redis.refusal('ZRANGE', 'log', 0, -1, 'LIMIT', 0, 1)).toBe(
      'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
    )
  },
  'ZREM and ZREMRANGEBYSCORE remove, and the key with the last member': async (redis) => {
    await redis.call('ZADD', 'log', 1, 'a', 2, 'b', 3, 'c', 4, 'd')
    expect(await redis.call('ZREM', 'log', 'a', 'nobody')).toBe(1)
    expect(await redis.call('ZREMRANGEBYSCORE', 'log', '-inf', '(3')).toBe(1)
    expect(await redis.call('ZREMRANGEBYSCORE', 'log', '-inf', '+inf')).toBe(2)
    expect(await redis.call('EXISTS', 'log')).toBe(0)
  },
}
