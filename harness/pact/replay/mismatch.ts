import type { Finding } from '#harness/contract/finding.ts'
import type { PactInteraction } from '../file/pact-file.ts'
import type { ReplayPlace } from './place.ts'
import type { InteractionResult, Mismatch } from './verifier-protocol.ts'

/** What the Pact Verifier found wrong with one interaction, as findings with the place of each. */
export function mismatchFindings(
  result: InteractionResult,
  interaction: PactInteraction,
  place: ReplayPlace,
): Finding[] {
  if (result.result === 'OK') return []
  const code = interaction.type === 'Synchronous/HTTP' ? 'interaction-mismatch' : 'stream-mismatch'
  const mismatches = result.mismatch?.mismatches ?? []
  if (mismatches.length === 0) {
    const message = result.mismatch?.message ?? 'The Pact Verifier failed without saying why.'
    return [
      unanswered.test(message)
        ? noAnswer(message, place)
        : { ...place, code, severity: 'error', message, fix: 'Look at the target.' },
    ]
  }
  return mismatches.toSorted(byImportance).map((mismatch) => ({
    ...place,
    code,
    severity: 'error',
    path: placeOf(mismatch, interaction),
    message: `${plain(mismatch.mismatch ?? `expected ${text(mismatch.expected)}, got ${text(mismatch.actual)}`)}.`,
    fix: 'Correct the provider, or record the pact again where the consumer has changed.',
  }))
}

/** What the Verifier says where no whole reply came: it hung past the time given, or the connection broke. */
const unanswered = /error sending request|error decoding response|timed? ?out/i

function noAnswer(message: string, place: ReplayPlace): Finding {
  const fix = 'Answer, or refuse, also when something that the answer needs is down.'
  return { ...place, code: 'no-answer', severity: 'error', message: `No whole reply came in time: ${message}.`, fix }
}

/** A wrong status explains a wrong body, not the other way round. */
function byImportance(a: Mismatch, b: Mismatch): number {
  return Number(b.type === 'StatusMismatch') - Number(a.type === 'StatusMismatch')
}

/** `$.reply.body.data[0].title`, `$.reply.headers.retry-after`, `$.reply.status`; for streams `$.token[0].data.text`. */
function placeOf(mismatch: Mismatch, interaction: PactInteraction): string {
  if (interaction.type === 'Synchronous/Messages')
    return streamPlace(mismatch.path ?? '$', interaction.response[0]?.contents.content)
  switch (mismatch.type) {
    case 'StatusMismatch':
      return '$.reply.status'
    case 'HeaderMismatch':
      return `$.reply.headers.${mismatch.key ?? ''}`
    case 'BodyTypeMismatch':
      return '$.reply.headers.content-type'
    default:
      return `$.reply.body${(mismatch.path ?? '$').slice(1)}`
  }
}

/** Names the run in place of its number: `$[0].items[1].data.text` is `$.token[1].data.text`. */
function streamPlace(path: string, response: unknown): string {
  return path.replace(/^\$\[(\d+)\](\.items)?/, (_match, index: string) => {
    const run = Array.isArray(response) ? (response[Number(index)] as { name?: string } | undefined) : undefined
    return `$.${run?.name ?? `run ${index}`}`
  })
}

function plain(message: string): string {
  // oxlint-disable-next-line no-control-regex
  return message.replaceAll(/\u001B\[\d+m/g, '').replace(/\.$/, '')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
