import type { MessagePactInteraction } from '../file/pact-file.ts'
import type { Envelope } from './envelope.ts'

/**
 * The envelope of a stream interaction with the values that its states provided: Pact hands a message's request over as
 * it stands in the file, generators not applied.
 */
export function filledEnvelope(
  interaction: MessagePactInteraction,
  values: Readonly<Record<string, unknown>>,
): Envelope {
  const envelope = structuredClone(interaction.request.contents.content) as Envelope & {
    headers: Record<string, string>
  }
  const generators = (interaction.request.generators?.['body'] ?? {}) as Readonly<
    Record<string, { type: string; expression?: string }>
  >
  for (const [path, { type, expression = '' }] of Object.entries(generators)) {
    const header = /^\$\.headers(?:\.([\w]+)|\['([^']+)'\])$/.exec(path)
    const name = header?.[1] ?? header?.[2]
    if (type !== 'ProviderState' || name === undefined)
      throw new Error(`a generator of type ${type} at ${path} cannot be applied. Record the pact again.`)
    envelope.headers[name] = fill(expression, values)
  }
  return envelope
}

/**
 * An expression of a pact, `token=${token}`, with the values that states provided.
 * @throws Error where no state provided one.
 */
export function fill(expression: string, values: Readonly<Record<string, unknown>>): string {
  return expression.replaceAll(/\$\{([^}]+)\}/g, (_match, name: string) => {
    if (values[name] === undefined) throw new Error(`no state provided "${name}". Let the state's handler return it.`)
    return String(values[name] as string | number)
  })
}
