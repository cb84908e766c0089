import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { parseOrder } from '#harness/contract/order.ts'
import type { PactInteraction } from '../file/pact-file.ts'
import type { Envelope, Run } from '../stream/envelope.ts'
import type { ReplayPlace } from './place.ts'

/**
 * An event that may not come where it came: Pact takes "at least as many as the example", also of an event that ends the
 * stream. Looked for in streams that were read to their end, from their beginning.
 */
export function orderFindings(
  contract: AnyContract,
  interaction: PactInteraction,
  { came, place }: Readonly<{ came: readonly unknown[] | undefined; place: ReplayPlace }>,
): readonly Finding[] {
  if (interaction.type === 'Synchronous/HTTP' || came === undefined) return []
  const envelope = interaction.request.contents.content as Envelope
  const operation = contract.operations[envelope.operation]
  if (envelope.transport !== 'sse' || operation?.kind !== 'sse') return []
  if (!envelope.ends || 'last-event-id' in envelope.headers) return []
  let state = parseOrder(operation.spec.order).start
  for (const name of (came as readonly Run[]).flatMap((run) => run.items.map(() => run.name))) {
    const next = state.next(name)
    if (next === undefined) {
      const message = `"${name}" came where the order allows ${state.expected.join(' or ') || 'nothing'}.`
      const fix = 'Send each event where the contract has it, and nothing after the last one.'
      return [{ ...place, code: 'event-outside-contract', severity: 'error', path: `$.${name}`, message, fix }]
    }
    state = next
  }
  return []
}
