import { expectedRequest } from './expected-request.ts'
import type { Recording, RecordingApi } from './recording.ts'
import { playTo, writeMessage } from './record-stream.ts'
import type { PreflightEnvelope, PreflightResult } from '../stream/envelope.ts'

/**
 * Records what a page of another origin needs before the call of an interaction: the preflight that its browser sends
 * (Fetch standard, §4.8). `run` does what the browser does.
 */
export async function recordPreflight(
  recording: Recording,
  origin: string,
  run: (envelope: PreflightEnvelope, api: RecordingApi) => Promise<void>,
): Promise<void> {
  const { contract, interaction } = recording
  const request = expectedRequest(contract, interaction)
  const requestHeaders = [
    'content-type',
    contract.requestIdHeader,
    ...Object.keys(interaction.call.input.headers ?? {}),
  ].filter((name) => name !== 'content-type' || request.body !== undefined)
  const envelope: PreflightEnvelope = {
    transport: 'preflight',
    operation: interaction.call.name,
    path: request.path,
    query: {},
    headers: {},
    method: request.method,
    origin,
    requestHeaders,
  }
  const allowed: PreflightResult = {
    origin: true,
    credentials: true,
    method: true,
    headers: Object.fromEntries(requestHeaders.map((name) => [name, true])),
  }
  const script = { kind: 'preflight', headers: allowing(envelope) } as const
  const asked = {
    method: 'OPTIONS',
    path: request.path,
    query: {},
    headers: { origin: { value: origin } },
    body: undefined,
  }
  await writeMessage(recording, { envelope, headers: {}, response: [allowed], rules: [] }, () =>
    playTo((api) => run(envelope, api), asked, script),
  )
}

function allowing({ origin, method, requestHeaders }: PreflightEnvelope): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': method,
    'access-control-allow-headers': requestHeaders.join(', '),
  }
}
