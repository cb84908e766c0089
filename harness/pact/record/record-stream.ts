import { plainExample } from '#harness/contract/example.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { openAtRecorder } from '../recorder/recorder-client.ts'
import { placeholder } from './expected-credential.ts'
import { expectedRequest, integrationHeader, type ExpectedHeader, type ExpectedRequest } from './expected-request.ts'
import type { AnyInteraction } from './interaction.ts'
import { commonOf, type Recording, type RecordingApi } from './recording.ts'
import { startRecordingServer, type Script } from './recording-server.ts'
import { sseExpectation, wsExpectation, type StreamExpectation } from './stream-expectation.ts'

/**
 * Records an event stream or a channel: our own server streams to the consumer's real client, and what it checked is
 * written as a V4 synchronous message.
 * @throws Error where the consumer sent something else than recorded, or left before the end.
 */
export async function recordStream(recording: Recording, run: (api: RecordingApi) => Promise<void>): Promise<void> {
  const { contract, interaction } = recording
  const request = expectedRequest(contract, interaction)
  const expectation = expectationOf(interaction.call.operation, interaction, request)
  await writeMessage(recording, expectation, () => playTo(run, request, scriptOf(recording, expectation)))
}

/**
 * What a stream interaction becomes in a pact.
 * @throws TypeError where its operation is no stream.
 */
export function expectationOf(
  operation: Operation,
  interaction: AnyInteraction,
  request: ExpectedRequest,
): StreamExpectation {
  if (operation.kind === 'sse') return sseExpectation(operation, interaction, request)
  if (operation.kind === 'ws') return wsExpectation(operation, interaction, request)
  throw new TypeError(`${interaction.call.name} is no stream. Give it a "reply".`)
}

/** What a server answers with that plays a stream interaction. */
export function scriptOf(
  { interaction, contract }: Pick<Recording, 'interaction' | 'contract'>,
  { envelope }: StreamExpectation,
): Script {
  if (interaction.refused !== undefined) {
    const status = interaction.refused
    const body = contract.errors.body({ status, code: 'refused', message: 'Refused.', requestId: 'recorded-request' })
    return { kind: 'refuse-upgrade', status, body }
  }
  if (interaction.conversation) {
    return { kind: 'ws', steps: plainExample(interaction.conversation) as Extract<Script, { kind: 'ws' }>['steps'] }
  }
  const events = plainExample(interaction.events ?? []) as Extract<Script, { kind: 'sse' }>['events']
  const before = plainExample(interaction.resumesAfter ?? []) as typeof events
  return { kind: 'sse', events, before, ends: envelope.transport === 'sse' && envelope.ends }
}

/** Runs the consumer against a recording server, and fails where it did otherwise. */
export async function playTo(
  run: (api: RecordingApi) => Promise<void>,
  request: ExpectedRequest,
  script: Script,
): Promise<void> {
  await using server = await startRecordingServer(request, script)
  const failure = await run({ url: server.url, placeholder }).then(
    () => undefined,
    (error: unknown) => error,
  )
  const problems = server.problems()
  if (problems.length > 0 && !(problems.length === 1 && failure)) {
    throw new Error(
      `the consumer did not do what is recorded:\n  ${problems.join('\n  ')}\nCorrect the client or the recording.`,
      { cause: failure },
    )
  }
  if (failure) throw failure as Error
}

/** Writes a synchronous message once `play` has gone well. */
export async function writeMessage(
  recording: Recording,
  { envelope, headers, response, rules }: StreamExpectation,
  play: () => Promise<void>,
): Promise<void> {
  await play()
  const request = { ...envelope, headers: Object.fromEntries(Object.entries(headers).map(withExpression)) }
  const opened = await openAtRecorder({ kind: 'message', ...commonOf(recording), request, response, rules })
  await opened.finish()
}

/** A header that a state's value fills in at replay has its expression beside it. */
function withExpression([name, header]: [string, ExpectedHeader]): [string, unknown] {
  return [name, header.expression === undefined ? header.value : integrationHeader(header)]
}
