import { eventually } from '../../../testing/eventually.ts'
import type { ConformanceCases } from './wire.ts'

export const stringCases: ConformanceCases = {
  'GET returns what SET stored, and nothing for a key that is not there': async (redis) => {
    expect(await redis.call('SET', 'greeting', 'grüezi')).toBe('OK')
    expect(await redis.call('GET', 'greeting')).toBe('grüezi')
    expect(await redis.call('GET', 'nothing')).toBeNull()
  },
  'any bytes come back as they were stored': async ({ client }) => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    await client.set('bytes', bytes)
    expect(await client.getBuffer('bytes')).toEqual(bytes)
  },
  'a value of a megabyte comes back whole': async ({ client }) => {
    const text = 'concordat '.repeat(100_000)
    await client.set('large', text)
    expect(await client.get('large')).toBe(text)
  },
  'SET with EX, PX, EXAT, PXAT expires': async (redis) => {
    const now = Date.now()
    await redis.call('SET', 'ex', '1', 'EX', 100)
    await redis.call('SET', 'px', '1', 'px', 100_000)
    await redis.call('SET', 'exat', '1', 'EXAT', Math.round(now / 1_000) + 100)
    await redis.call('SET', 'pxat', '1', 'PXAT', now + 100_000)
    for (const key of ['ex', 'px', 'exat', 'pxat']) {
      const left = (await redis.call('PTTL', key)) as number
      expect(left).toBeGreaterThan(60_000)
      expect(left).toBeLessThanOrEqual(101_000)
    }
  },
  'a key is gone when its time has come': async (redis) => {
    await redis.call('SET', 'brief', '1', 'PX', 30)
    await eventually('the key has expired', async () => (await redis.call('GET', 'brief')) === null)
    expect(await redis.call('EXISTS', 'brief')).toBe(0)
    expect(await redis.call('TTL', 'brief')).toBe(-2)
  },
  'SET NX stores only what is new, SET XX only what is there': async (redis) => {
    expect(await redis.call('SET', 'lock', 'a', 'NX')).toBe('OK')
    expect(await redis.call('SET', 'lock', 'b', 'NX', 'PX', 1000)).toBeNull()
    expect(await redis.call('SET', 'lock', 'c', 'XX')).toBe('OK')
    expect(await redis.call('SET', 'other', 'c', 'XX')).toBeNull()
    expect(await redis.call('MGET', 'lock', 'other')).toEqual(['c', null])
  },
  'SET GET returns what was there before': async (redis) => {
    expect(await redis.call('SET', 'key', 'a', 'GET')).toBeNull()
    expect(await redis.call('SET', 'key', 'b', 'GET')).toBe('a')
    expect(await redis.call('SET', 'key', 'c', 'NX', 'GET')).toBe('b')
    expect(await redis.call('GET', 'key')).toBe('b')
  },
  'SET ends an expiry unless KEEPTTL is given': async (redis) => {
    await redis.call('SET', 'key', 'a', 'EX', 100)
    await redis.call('SET', 'key', 'b', 'KEEPTTL')
    expect(await redis.call('TTL', 'key')).toBeGreaterThan(90)
    await redis.call('SET', 'key', 'c')
    expect(await redis.call('TTL', 'key')).toBe(-1)
  },
  'SET refuses options that make no sense': async (redis) => {
    expect(await redis.refusal('SET', 'key', 'a', 'NOW')).toBe('ERR syntax error')
    expect(await redis.refusal('SET', 'key', 'a', 'NX', 'XX')).toBe('ERR syntax error')
    expect(await redis.refusal('SET', 'key', 'a', 'EX')).toBe('ERR syntax error')
    expect(await redis.refusal('SET', 'key', 'a', 'EX', 10, 'PX', 10)).toBe('ERR syntax error')
    expect(await redis.refusal('SET', 'key', 'a', 'EX', 10, 'KEEPTTL')).toBe('ERR syntax error')
    expect(await redis.refusal('SET', 'key', 'a', 'EX', 0)).toBe("ERR invalid expire time in 'set' command")
    expect(await redis.refusal('SET', 'key', 'a', 'EX', 'soon')).toBe('ERR value is not an integer or out of range')
    expect(await redis.refusal('SET', 'key')).toBe("ERR wrong number of arguments for 'set' command")
  },
  'SETEX and PSETEX store with an expiry, SETNX what is new': async (redis) => {
    expect(await redis.call('SETEX', 'a', 100, 'x')).toBe('OK')
    expect(await redis.call('PSETEX', 'b', 100_000, 'y')).toBe('OK')
    expect(await redis.call('SETNX', 'b', 'z')).toBe(0)
    expect(await redis.call('SETNX', 'c', 'z')).toBe(1)
    expect(await redis.call('MGET', 'a', 'b', 'c')).toEqual(['x', 'y', 'z'])
    expect(await redis.call('TTL', 'b')).toBeGreaterThan(90)
    expect(await redis.refusal('SETEX', 'a', -1, 'x')).toBe("ERR invalid expire time in 'setex' command")
  },
  'GETDEL returns a value for the last time': async (redis) => {
    await redis.call('SET', 'once', 'a')
    expect(await redis.call('GETDEL', 'once')).toBe('a')
    expect(await redis.call('GETDEL', 'once')).toBeNull()
  },
  'MSET and MGET take many keys': async (redis) => {
    expect(await redis.call('MSET', 'a', '1', 'b', '2')).toBe('OK')
    await redis.call('SADD', 'set', 'x')
    expect(await redis.call('MGET', 'a', 'nothing', 'set', 'b')).toEqual(['1', null, null, '2'])
    expect(await redis.refusal('MSET', 'a', '1', 'b')).toBe("ERR wrong number of arguments for 'mset' command")
  },
  'INCR, INCRBY, DECR, DECRBY count, from 0 and with 64 bits': async (redis) => {
    expect(await redis.call('INCR', 'n')).toBe(1)
    expect(await redis.call('INCRBY', 'n', 41)).toBe(42)
    expect(await redis.call('DECR', 'n')).toBe(41)
    expect(await redis.call('DECRBY', 'n', 100)).toBe(-59)
    await redis.call('SET', 'n', '9223372036854775806')
    await redis.call('INCR', 'n')
    expect(await redis.call('GET', 'n')).toBe('9223372036854775807')
    expect(await redis.refusal('INCR', 'n')).toBe('ERR increment or decrement would overflow')
  },
  'INCR keeps the expiry and refuses what is no integer': async (redis) => {
    await redis.call('SET', 'n', '1', 'EX', 100)
    await redis.call('INCR', 'n')
    expect(await redis.call('TTL', 'n')).toBeGreaterThan(90)
    await redis.call('SET', 'text', '1.5')
    expect(await redis.refusal('INCR', 'text')).toBe('ERR value is not an integer or out of range')
    expect(await redis.refusal('INCRBY', 'n', 'much')).toBe('ERR value is not an integer or out of range')
    expect(await redis.refusal('INCRBY', 'n', '007')).toBe('ERR value is not an integer or out of range')
  },
  'APPEND adds to the end, STRLEN counts bytes': async (redis) => {
    expect(await redis.call('APPEND', 'text', 'grü')).toBe(4)
    expect(await redis.call('APPEND', 'text', 'ezi')).toBe(7)
    expect(await redis.call('GET', 'text')).toBe('grüezi')
    expect(await redis.call('STRLEN', 'text')).toBe(7)
    expect(await redis.call('STRLEN', 'nothing')).toBe(0)
  },
}
