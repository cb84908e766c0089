import { base58 } from '@scure/base'
import { InvalidEnvironment, readEnvironment, type EnvironmentProblem } from '#harness/contract/environment.ts'
import { readTokenKeys, type TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { coordinatorEnvironment } from '#contracts/prometheus/environment.ts'

/** A node that may take part, and its public key in base58. */
export type NodeKey = Readonly<{ name: string; publicKey: string }>

/** The environment of the coordinator, checked. */
export type Settings = Readonly<{
  databaseUrl: string
  bind: string
  tokenKeys: readonly TokenKey[]
  nodeKeys: readonly NodeKey[]
  leaseSeconds: number
  maxAttempts: number
  logLevel: 'silent' | 'debug' | 'info' | 'warn' | 'error'
}>

const component = 'prometheus/coordinator'

/**
 * Reads the environment.
 * @throws InvalidEnvironment naming every variable that is missing or malformed.
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const read = readEnvironment(component, coordinatorEnvironment, variables)
  return {
    databaseUrl: read.DATABASE_URL,
    bind: read.COORDINATOR_BIND,
    tokenKeys: readAs('JWT_KEYS', () => readTokenKeys(read.JWT_KEYS)),
    nodeKeys: readAs('NODE_KEYS', () => readNodeKeys(read.NODE_KEYS)),
    leaseSeconds: read.LEASE_SECONDS,
    maxAttempts: read.MAX_ATTEMPTS,
    logLevel: read.COORDINATOR_LOG,
  }
}

function readAs<T>(variable: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const problem: EnvironmentProblem = { variable, kind: 'malformed', message: error.message }
    throw new InvalidEnvironment(component, [problem])
  }
}

function readNodeKeys(text: string): readonly NodeKey[] {
  const nodes = text.split(',').map((entry) => {
    const [name = '', publicKey = ''] = entry.split('=')
    if (base58.decode(publicKey).length !== 32) throw new TypeError(`the key of ${name} has to be 32 bytes in base58.`)
    return { name, publicKey }
  })
  if (new Set(nodes.map(({ publicKey }) => publicKey)).size < nodes.length) throw new TypeError('a key comes twice.')
  return nodes
}
