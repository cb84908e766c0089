import { UsageError } from '#harness/project/usage-error.ts'

/** Where a Pact Broker or PactFlow is, and what it asks for. */
export type BrokerAddress = Readonly<{
  /** Without a slash at its end. */
  baseUrl: string
  /** The value of the Authorization header, as secret as what it is made of. */
  authorization: string | undefined
}>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the variables that the official clients read: PACT_BROKER_BASE_URL, and PACT_BROKER_TOKEN or PACT_BROKER_USERNAME with
 * PACT_BROKER_PASSWORD.
 * @throws UsageError where the URL is missing or none, or both kinds of credentials are given.
 */
export function brokerAddress(env: Environment = process.env): BrokerAddress {
  const url = env['PACT_BROKER_BASE_URL']
  if (!url)
    throw new UsageError('no broker is named: PACT_BROKER_BASE_URL is not set. Set it to the URL of a Pact Broker.')
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new UsageError(`PACT_BROKER_BASE_URL is "${withoutSecrets(url)}", which is no URL. Write https://….`)
  const { username: inUrl, password: passwordInUrl } = new URL(url)
  if (inUrl !== '' || passwordInUrl !== '')
    throw new UsageError(
      'PACT_BROKER_BASE_URL holds credentials, which end up in logs. Use PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.',
    )
  return { baseUrl: url.replace(/\/+$/, ''), authorization: authorizationOf(env) }
}

function authorizationOf(env: Environment): string | undefined {
  const token = env['PACT_BROKER_TOKEN']
  const [username, password] = [env['PACT_BROKER_USERNAME'], env['PACT_BROKER_PASSWORD']]
  if (token && username)
    throw new UsageError(
      'PACT_BROKER_TOKEN and PACT_BROKER_USERNAME are both set. Set the one that the broker asks for.',
    )
  if (token) return `Bearer ${token}`
  if (!username) return undefined
  return `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`
}

function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//***@')
}
