import { eventually } from '../../../testing/eventually.ts'
import type { ConformanceCases } from './wire.ts'

export const transactionCases: ConformanceCases = {
  'EXEC runs what was queued since MULTI, and answers all': async (redis) => {
    expect(await redis.call('MULTI')).toBe('OK')
    expect(await redis.call('SET', 'a', '1')).toBe('QUEUED')
    expect(await redis.call('INCR', 'a')).toBe('QUEUED')
    await using other = await redis.another()
    expect(await other.call('GET', 'a')).toBeNull()
    expect(await redis.call('EXEC')).toEqual(['OK', 2])
    expect(await other.call('GET', 'a')).toBe('2')
  },
  'a command that fails inside does not stop the others': async ({ client }) => {
    const answers = await client.multi().set('a', 'text').incr('a').get('a').exec()
    expect(answers?.map(([error, value]) => error?.message ?? value)).toEqual([
      'OK',
      'ERR value is not an integer or out of range',
      'text',
    ])
  },
  'a wrong command makes EXEC refuse all': async (redis) => {
    await redis.call('MULTI')
    await redis.call('SET', 'a', '1')
    expect(await redis.refusal('NOSUCH')).toContain('ERR unknown command')
    expect(await redis.refusal('EXEC')).toBe('EXECABORT Transaction discarded because of previous errors.')
    expect(await redis.call('GET', 'a')).toBeNull()
  },
  'DISCARD forgets what was queued': async (redis) => {
    await redis.call('MULTI')
    await redis.call('SET', 'a', '1')
    expect(await redis.call('DISCARD')).toBe('OK')
    expect(await redis.call('GET', 'a')).toBeNull()
  },
  'EXEC, DISCARD and MULTI are refused where they make no sense': async (redis) => {
    expect(await redis.refusal('EXEC')).toBe('ERR EXEC without MULTI')
    expect(await redis.refusal('DISCARD')).toBe('ERR DISCARD without MULTI')
    await redis.call('MULTI')
    expect(await redis.refusal('MULTI')).toBe('ERR MULTI calls can not be nested')
    await redis.call('DISCARD')
  },
  'SELECT inside a transaction holds for what follows': async (redis) => {
    await redis.call('MULTI')
    await redis.call('SELECT', 3)
    await redis.call('SET', 'a', 'three')
    expect(await redis.call('EXEC')).toEqual(['OK', 'OK'])
    expect(await redis.call('GET', 'a')).toBe('three')
  },
}

export const pubSubCases: ConformanceCases = {
  'a message reaches all who subscribed, and PUBLISH tells how many': async (redis) => {
    await using first = await redis.another()
    await using second = await redis.another()
    const heard: string[] = []
    for (const { client } of [first, second])
      client.on('message', (...message: string[]) => heard.push(message.join(' ')))
    expect(await first.client.subscribe('news', 'sport')).toBe(2)
    expect(await second.client.subscribe('news')).toBe(1)
    expect(await redis.call('PUBLISH', 'news', 'grüezi')).toBe(2)
    expect(await redis.call('PUBLISH', 'sport', 'goal')).toBe(1)
    expect(await redis.call('PUBLISH', 'weather', 'rain')).toBe(0)
    await eventually('all was heard', () => heard.length === 3)
    expect(heard.toSorted()).toEqual(['news grüezi', 'news grüezi', 'sport goal'])
  },
  'a pattern subscribes to many channels, and the message names both': async (redis) => {
    await using listener = await redis.another()
    const heard: string[] = []
    listener.client.on('pmessage', (...message: string[]) => heard.push(message.join(' ')))
    listener.client.on('message', (...message: string[]) => heard.push(message.join(' ')))
    await listener.client.psubscribe('chat:*')
    await listener.client.subscribe('chat:1')
    expect(await redis.call('PUBLISH', 'chat:1', 'hello')).toBe(2)
    expect(await redis.call('PUBLISH', 'chatter', 'hello')).toBe(0)
    await eventually('both came', () => heard.length === 2)
    expect(heard).toEqual(['chat:1 hello', 'chat:* chat:1 hello'])
  },
  'who unsubscribed hears no more': async (redis) => {
    await using listener = await redis.another()
    await listener.client.subscribe('news', 'sport')
    expect(await listener.client.unsubscribe('news')).toBe(1)
    expect(await redis.call('PUBLISH', 'news', 'late')).toBe(0)
    expect(await redis.call('PUBLISH', 'sport', 'goal')).toBe(1)
    await listener.client.unsubscribe()
    expect(await listener.call('GET', 'a')).toBeNull()
  },
  'a subscription ends with its connection': async (redis) => {
    const listener = await redis.another()
    await listener.client.subscribe('news')
    expect(await redis.call('PUBSUB', 'NUMSUB', 'news', 'sport')).toEqual(['news', 1, 'sport', 0])
    expect(await redis.call('PUBSUB', 'CHANNELS', 'n*')).toEqual(['news'])
    listener.client.disconnect()
    await eventually('nobody listens', async () => (await redis.call('PUBLISH', 'news', 'x')) === 0)
  },
  'channels are common to all databases': async (redis) => {
    await using listener = await redis.another()
    await listener.call('SELECT', 5)
    await listener.client.subscribe('news')
    expect(await redis.call('PUBLISH', 'news', 'x')).toBe(1)
  },
  'subscribing inside a transaction takes effect with EXEC': async (redis) => {
    const answer = await redis.exchange('MULTI\r\nSUBSCRIBE news\r\nEXEC\r\nPING\r\nQUIT\r\n')
    expect(answer.replaceAll('\r\n', ' ')).toBe('+OK +QUEUED *1 *3 $9 subscribe $4 news :1 *2 $4 pong $0  +OK ')
  },
}
