import { armFaults } from '#harness/fault/hooks-of.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { Fault } from '#harness/fault/fault.ts'
import { placeholder } from '../expected-credential.ts'
import { startExampleServer } from './example-server.ts'
import { exampleOf, type Recorded } from './example-of.ts'
import type { Outcome } from './survives.ts'

/** What is tried: a fault on one recorded interaction, and what the consumer is to make of it. */
export type Trial = Readonly<{ recorded: Recorded; fault: Fault; outcome: Outcome; timeoutMs: number }>

/**
 * Runs a consumer against the example of a recording with a fault before it.
 * @throws what its outcome threw; Error where it was not through in time, sent something else than recorded, or never met
 *   the fault.
 */
export async function runSurvival({ recorded, fault, outcome, timeoutMs }: Trial): Promise<void> {
  const { contract, interaction } = recorded
  const armed = armFaults([fault], contract, { operation: interaction.call.name })
  await using server = await startExampleServer(await exampleOf(recorded))
  await using proxy = await startProxy({ target: server.url, hooks: armed.hooks, unreachable: 'reset' })
  const failure = await within(timeoutMs, outcome({ url: proxy.url, placeholder }, fault)).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  const problems = server.problems()
  if (problems.length > 0)
    throw new Error(`it sent something else than recorded:\n  ${problems.join('\n  ')}`, { cause: failure?.error })
  if (failure) throw failure.error
  if (armed.acted().every((count) => count === 0)) throw new Error('the fault never came about: nothing met it')
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`it was not through after ${milliseconds} ms`)), milliseconds)
  try {
    await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
