import { describeFinding } from '#harness/contract/finding.ts'
import type { PactInteraction } from '../file/pact-file.ts'
import type { Envelope } from '../stream/envelope.ts'
import type { ReplayedInteraction } from './replay.ts'
import type { Target } from './target.ts'

/** A failed replay in words: its findings, the request as a curl line, what the target said, and how to run it again. */
export function explainReplay(
  { interaction, findings, evidence }: ReplayedInteraction,
  target: Target,
  rerun: string,
): string {
  return [
    ...findings.map(describeFinding),
    `  request: ${curlOf(interaction, target.baseUrl)}`,
    ...(evidence.length > 0 ? ['  the target said:', ...evidence.map((line) => `    ${line.slice(0, 400)}`)] : []),
    `  rerun: ${rerun}`,
  ].join('\n')
}

/** The request of an interaction as a curl line; credentials are the pact's placeholders. */
export function curlOf(interaction: PactInteraction, baseUrl: string): string {
  if (interaction.type === 'Synchronous/HTTP') {
    const {
      method,
      path,
      query = {},
      headers,
      body,
    } = interaction.request as typeof interaction.request & {
      headers?: Readonly<Record<string, readonly string[]>>
      body?: { content?: unknown }
    }
    const search = Object.entries(query).flatMap(([name, values]) =>
      values.map((value) => `${name}=${encodeURIComponent(value)}`),
    )
    const flags = Object.entries(headers ?? {}).map(([name, values]) => `-H ${quote(`${name}: ${values.join(', ')}`)}`)
    const data =
      body?.content === undefined
        ? []
        : [`-d ${quote(typeof body.content === 'string' ? body.content : JSON.stringify(body.content))}`]
    return [
      'curl -i',
      `-X ${method}`,
      quote(`${baseUrl}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`),
      ...flags,
      ...data,
    ].join(' ')
  }
  const envelope = interaction.request.contents.content as Envelope
  const flags = Object.entries(envelope.headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`)
  if (envelope.transport === 'ws')
    return ['websocat', quote(`${baseUrl.replace(/^http/, 'ws')}${envelope.path}`), ...flags].join(' ')
  const method = envelope.transport === 'preflight' ? 'OPTIONS' : envelope.method
  const data =
    envelope.transport === 'sse' && envelope.body !== undefined ? [`-d ${quote(JSON.stringify(envelope.body))}`] : []
  return ['curl -iN', `-X ${method}`, quote(`${baseUrl}${envelope.path}`), ...flags, ...data].join(' ')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
