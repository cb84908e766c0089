/** A broker that takes no connection, is too slow, or fails itself. */
export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable'
}

/** A request that a broker refused, with what it says. */
export class BrokerRefused extends Error {
  override readonly name = 'BrokerRefused'
  readonly status: number
  /** What the broker says is wrong, one by one. */
  readonly messages: readonly string[]

  constructor(what: string, status: number, messages: readonly string[]) {
    super(
      `${what} was refused with ${status}: ${messages.join('; ') || 'the broker does not say why'}.${adviceFor(status)}`,
    )
    this.status = status
    this.messages = messages
  }
}

function adviceFor(status: number): string {
  if (status === 401 || status === 403)
    return ' Check PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.'
  return ''
}

/** What a refusal says, whichever of the broker's shapes it has: `errors` by field or as a list, `error`, `notices`, problem details. */
export function messagesIn(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null) return []
  const { errors, error, notices, title, detail } = body as Record<string, unknown>
  if (errors !== undefined) return flatten(errors, '')
  if (Array.isArray(notices)) return notices.flatMap((notice: { text?: string }) => notice.text ?? [])
  if (typeof error === 'string') return [error]
  return flatten(error ?? detail ?? title, '')
}

function flatten(value: unknown, path: string): readonly string[] {
  if (typeof value === 'string') return [path === '' ? value : `${path}: ${value}`]
  if (Array.isArray(value)) return value.flatMap((one) => flatten(one, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => flatten(one, path === '' ? key : `${path}.${key}`))
}
