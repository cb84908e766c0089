import { BlockList, isIP } from 'node:net'
import { invalid } from '../refusal.ts'
import type { WebhookRules } from '../settings.ts'
import type { WebhookFields } from './shapes.ts'

const variable = /\$\{[^}]*\}/g

/**
 * Refuses a webhook that may not be: another method, no https, a host that is not in the whitelist or is made of variables.
 * @throws BrokerRefusal 400 with what is wrong by field.
 */
export function checkWebhook({ request }: WebhookFields, rules: WebhookRules): void {
  const errors: Record<string, string[]> = {}
  if (!rules.methods.some((method) => method.toUpperCase() === request.method))
    errors['request.method'] = [
      `must be ${rules.methods.join(', ')}. See /doc/webhooks#whitelist for more information.`,
    ]
  const wrong = urlProblem(request.url, rules)
  if (wrong !== undefined) errors['request.url'] = [wrong]
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

/** Why a webhook may not go to an address; undefined where it may. */
export function urlProblem(template: string, rules: WebhookRules): string | undefined {
  const [one, other] = ['placeholder', 'another'].map((word) => template.replaceAll(variable, word))
  if (!one || !other || !URL.canParse(one) || !URL.canParse(other)) return 'is not a valid URL eg. http://example.org'
  const url = new URL(one)
  if (url.host !== new URL(other).host) return 'cannot have a template parameter in the host'
  const scheme = url.protocol.slice(0, -1)
  if (!rules.schemes.includes(scheme))
    return `scheme must be ${rules.schemes.join(', ')}. See /doc/webhooks#whitelist for more information.`
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (rules.hosts.some((allowed) => matches(host, allowed))) return undefined
  const list = rules.hosts.length === 0 ? '(empty)' : rules.hosts.map((allowed) => JSON.stringify(allowed)).join(', ')
  return `host must be in the whitelist ${list}. See /doc/webhooks#whitelist for more information.`
}

function matches(host: string, allowed: string): boolean {
  if (allowed.startsWith('/') && allowed.endsWith('/') && allowed.length > 2)
    return new RegExp(allowed.slice(1, -1)).test(host)
  const [address = '', prefix] = allowed.split('/')
  if (prefix === undefined || isIP(host) === 0 || isIP(host) !== isIP(address)) return host === allowed.toLowerCase()
  const list = new BlockList()
  const family = isIP(host) === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(address, Number(prefix), family)
  return list.check(host, family)
}
