import { defaultSettings, type BrokerAuth, type BrokerSettings } from '#harness/broker/server/settings.ts'
import { UsageError } from '#harness/project/usage-error.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Flags = Readonly<{
  host: string
  baseUrl: string | undefined
  webhookHosts: readonly string[]
  webhookSchemes: readonly string[]
}>

/**
 * What a broker does, by flags and the variables that the Pact Broker has for it.
 * @throws UsageError where it would take requests from elsewhere and ask for no credentials.
 */
export function serverSettings(
  { host, baseUrl, webhookHosts, webhookSchemes }: Flags,
  env: Environment,
): BrokerSettings {
  const auth = authOf(env)
  if (auth.kind === 'none' && !isLoopback(host))
    throw new UsageError(
      `--host ${host} takes requests from elsewhere: set PACT_BROKER_BASIC_AUTH_USERNAME and PACT_BROKER_BASIC_AUTH_PASSWORD, or PACT_BROKER_TOKEN.`,
    )
  return {
    auth,
    ...(baseUrl !== undefined && { baseUrl }),
    allowDangerousContractModification: env['PACT_BROKER_ALLOW_DANGEROUS_CONTRACT_MODIFICATION'] === 'true',
    webhooks: {
      ...defaultSettings.webhooks,
      hosts: webhookHosts,
      schemes: webhookSchemes.length > 0 ? webhookSchemes : defaultSettings.webhooks.schemes,
    },
  }
}

function authOf(env: Environment): BrokerAuth {
  const [username, password] = [env['PACT_BROKER_BASIC_AUTH_USERNAME'], env['PACT_BROKER_BASIC_AUTH_PASSWORD']]
  if (username && password) return { kind: 'basic', username, password }
  if (username || password)
    throw new UsageError('PACT_BROKER_BASIC_AUTH_USERNAME and PACT_BROKER_BASIC_AUTH_PASSWORD go together. Set both.')
  const token = env['PACT_BROKER_TOKEN']
  return token ? { kind: 'token', token } : { kind: 'none' }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}
