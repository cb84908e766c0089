import type { When } from '#harness/drift/deviations.ts'
import { isPlainObject } from '#harness/contract/example.ts'
import type { ProxiedReply } from '#harness/stack/proxy/types.ts'

/** Replies that refuse with this code. */
export function refusedFor(code: string): When {
  return (reply) => codeOf(reply) === code
}

/** Replies of one status. */
export function ofStatus(wanted: number): When {
  return ({ status }) => status === wanted
}

function codeOf({ status, body }: ProxiedReply): unknown {
  if (status < 400) return undefined
  const said: unknown = JSON.parse(body.toString('utf8'))
  return isPlainObject(said) && isPlainObject(said['error']) ? said['error']['code'] : undefined
}
