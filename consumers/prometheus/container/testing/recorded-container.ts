import { fileURLToPath } from 'node:url'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { runConsumer } from '#harness/pact/record/run-consumer.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'

const program = fileURLToPath(new URL('../call.py', import.meta.url))

/** The calls that the container makes, by component. */
export type ContainerCall =
  | Readonly<{ to: 'planner'; call: 'report_plan' | 'report_failure' | 'task_status' | 'health' }>
  | Readonly<{ to: 'worker'; call: 'report_pull_request' | 'report_failure' | 'task_status' | 'health' }>
  | Readonly<{ to: 'coordinator'; call: 'put_todo_result' | 'add_logs' | 'health' }>

const variables = { planner: 'PLANNER_URL', worker: 'WORKER_URL', coordinator: 'COORDINATOR_URL' } as const

/** What the container read of an answer: `answered` with what it makes of it, `refused` with the code, or `unanswered`. */
export async function containerCalls(
  { url }: RecordingApi,
  { to, call, scheme = 'Bearer', ...parameters }: ContainerCall & { scheme?: string } & Record<string, unknown>,
): Promise<unknown> {
  const output = await runConsumer({
    command: ['python3', program, to, call, '--scheme', scheme],
    env: { [variables[to]]: url, JWT_KEYS: developmentKeys.tokenKeys },
    input: JSON.stringify(parameters),
  })
  return output.json()
}

/** A refusal as the container reads it. */
export function refusedWith(code: string): { refused: { code: string; message: unknown } } {
  return { refused: { code, message: expect.any(String) } }
}

/** A refusal of values, as the contract has it: the first mistake is in this field. */
export function notValid<F>(field: F, message: string) {
  return { error: { code: 'validation_error', message: 'Not valid.', details: [{ field, message }] } }
}
