import { Redis } from 'ioredis'
import type { ConformanceCases } from './wire.ts'

export const serverCases: ConformanceCases = {
  'an unknown command is refused with its first arguments': async (redis) => {
    expect(await redis.refusal('NOSUCH')).toBe("ERR unknown command 'NOSUCH', with args beginning with: ")
    expect(await redis.refusal('NoSuch', 'a', 'b c')).toBe(
      "ERR unknown command 'NoSuch', with args beginning with: 'a' 'b c' ",
    )
    expect(await redis.refusal('NOSUCH', 'x'.repeat(200))).toBe(
      `ERR unknown command 'NOSUCH', with args beginning with: '${'x'.repeat(128)}' `,
    )
  },
  'a wrong number of arguments is refused': async (redis) => {
    for (const command of ['get', 'INCR', 'hgetall', 'SMEMBERS', 'Type']) {
      expect(await redis.refusal(command)).toBe(`ERR wrong number of arguments for '${command.toLowerCase()}' command`)
    }
    expect(await redis.refusal('GET', 'a', 'b')).toBe("ERR wrong number of arguments for 'get' command")
  },
  'PING and ECHO answer': async (redis) => {
    expect(await redis.call('PING')).toBe('PONG')
    expect(await redis.call('PING', 'hello')).toBe('hello')
    expect(await redis.call('ECHO', 'hello')).toBe('hello')
  },
  'SELECT changes between 16 databases': async (redis) => {
    await redis.call('SET', 'a', 'zero')
    expect(await redis.call('SELECT', 15)).toBe('OK')
    expect(await redis.call('GET', 'a')).toBeNull()
    await redis.call('SET', 'a', 'fifteen')
    await redis.call('SELECT', 0)
    expect(await redis.call('GET', 'a')).toBe('zero')
    expect(await redis.refusal('SELECT', 16)).toBe('ERR DB index is out of range')
    expect(await redis.refusal('SELECT', -1)).toBe('ERR DB index is out of range')
    expect(await redis.refusal('SELECT', 'first')).toBe('ERR value is not an integer or out of range')
  },
  'FLUSHDB empties one database, FLUSHALL all': async (redis) => {
    await redis.call('SET', 'a', '1')
    await redis.call('SELECT', 1)
    await redis.call('SET', 'b', '1')
    expect(await redis.call('FLUSHDB')).toBe('OK')
    expect(await redis.call('DBSIZE')).toBe(0)
    await redis.call('SELECT', 0)
    expect(await redis.call('DBSIZE')).toBe(1)
    await redis.call('SELECT', 1)
    expect(await redis.call('FLUSHALL', 'ASYNC')).toBe('OK')
    await redis.call('SELECT', 0)
    expect(await redis.call('DBSIZE')).toBe(0)
    expect(await redis.refusal('FLUSHDB', 'NOW')).toBe('ERR syntax error')
  },
  'CLIENT names a connection': async (redis) => {
    expect(await redis.call('CLIENT', 'GETNAME')).toBeNull()
    expect(await redis.call('CLIENT', 'SETNAME', 'backend')).toBe('OK')
    expect(await redis.call('CLIENT', 'GETNAME')).toBe('backend')
    await using other = await redis.another()
    expect(await other.call('CLIENT', 'ID')).toBeGreaterThan((await redis.call('CLIENT', 'ID')) as number)
    expect(await redis.refusal('CLIENT', 'NOSUCH')).toBe("ERR unknown subcommand 'NOSUCH'. Try CLIENT HELP.")
  },
  'INFO tells what clients look for': async (redis) => {
    await redis.call('SET', 'a', '1')
    const info = (await redis.call('INFO')) as string
    expect(info).toMatch(/^# Server\r\n/)
    expect(info).toMatch(/\r\nredis_version:\d+\.\d+\.\d+\r\n/)
    expect(info).toMatch(/\r\nredis_mode:standalone\r\n/)
    expect(info).toMatch(/\r\nloading:0\r\n/)
    expect(info).toMatch(/\r\nrole:master\r\n/)
    expect(info).toMatch(/\r\ndb0:keys=1/)
    const section = (await redis.call('INFO', 'keyspace')) as string
    expect(section).toMatch(/^# Keyspace\r\ndb0:keys=1/)
    expect(section).not.toContain('redis_version')
  },
  'a client that prefers RESP3 connects, whether or not it gets it': async (redis) => {
    const { host, port, password } = redis.client.options
    const options = { host: host ?? '', port: port ?? 0, ...(password ? { password } : {}) }
    const client = new Redis({ ...options, protocol: 3, lazyConnect: true })
    await client.connect()
    await client.hset('user', { name: 'Ada' })
    expect(await client.hgetall('user')).toEqual({ name: 'Ada' })
    client.disconnect()
  },
  'HELLO without a version or with 2 introduces the server': async (redis) => {
    const fields = (await redis.call('HELLO', 2)) as unknown[]
    expect(fields.filter((_, index) => index % 2 === 0)).toEqual([
      'server',
      'version',
      'proto',
      'id',
      'mode',
      'role',
      'modules',
    ])
    expect(fields[5]).toBe(2)
    expect(await redis.refusal('HELLO', 9)).toBe('NOPROTO unsupported protocol version')
  },
}

export const protocolCases: ConformanceCases = {
  'QUIT is answered, then the connection ends': async (redis) => {
    expect(await redis.exchange('*1\r\n$4\r\nQUIT\r\n')).toBe('+OK\r\n')
  },
  'requests sent at once are answered in their order': async (redis) => {
    const requests =
      '*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\n\r\n\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n*2\r\n$3\r\nGET\r\n$1\r\nb\r\n'
    expect(await redis.exchange(`${requests}*1\r\n$4\r\nQUIT\r\n`)).toBe('+OK\r\n$2\r\n\r\n\r\n$-1\r\n+OK\r\n')
  },
  'plain lines are requests too': async (redis) => {
    expect(await redis.exchange('SET a 1\r\n\r\nINCR a\nGET a\r\nQUIT\r\n')).toBe('+OK\r\n:2\r\n$1\r\n2\r\n+OK\r\n')
  },
  'what is not the protocol ends the connection with a reason': async (redis) => {
    expect(await redis.exchange('*1\r\n:4\r\n')).toBe("-ERR Protocol error: expected '$', got ':'\r\n")
    expect(await redis.exchange('*many\r\n')).toBe('-ERR Protocol error: invalid multibulk length\r\n')
    expect(await redis.exchange('*1\r\n$-4\r\n')).toBe('-ERR Protocol error: invalid bulk length\r\n')
  },
  'a connection that has subscribed accepts little else': async (redis) => {
    const answer = await redis.exchange(
      'SUBSCRIBE news\r\nGET a\r\nPING\r\nPING hello\r\nUNSUBSCRIBE\r\nGET a\r\nQUIT\r\n',
    )
    const allowed = '(P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context'
    expect(answer.replaceAll('\r\n', ' ')).toBe(
      `*3 $9 subscribe $4 news :1 -ERR Can't execute 'get': only ${allowed} ` +
        '*2 $4 pong $0  *2 $4 pong $5 hello *3 $11 unsubscribe $4 news :0 $-1 +OK ',
    )
  },
  'unsubscribing from nothing is answered too': async (redis) => {
    expect(await redis.exchange('UNSUBSCRIBE\r\nPUNSUBSCRIBE a\r\nQUIT\r\n')).toBe(
      '*3\r\n$11\r\nunsubscribe\r\n$-1\r\n:0\r\n*3\r\n$12\r\npunsubscribe\r\n$1\r\na\r\n:0\r\n+OK\r\n',
    )
  },
}
