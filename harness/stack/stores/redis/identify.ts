import { connectOnce } from './connect-once.ts'

/** Connects and asks what the server is: `Redis 7.0.15`. @throws Error when that does not work within 5 s */
export async function identifyRedis(url: string): Promise<string> {
  await using connection = await connectOnce(url)
  const fields = new Map((await connection.client.info('server')).split('\r\n').map((line) => splitField(line)))
  const [name, version] = [fields.get('server_name'), fields.get('redis_version')]
  if (name === 'valkey') return `Valkey ${fields.get('valkey_version') ?? version}`
  if (name === 'concordat') return `Redis stand-in with the commands of Redis ${version}`
  return `Redis ${version}`
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1)]
}
