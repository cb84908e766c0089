import { stripVTControlCharacters } from 'node:util'
import { edgeName } from '#harness/contract/system.ts'
import type { Fault } from '#harness/fault/fault.ts'
import { faultName, faultWords } from '#harness/fault/fault-words.ts'
import { keepResult } from '#harness/project/results.ts'
import { participantName } from '#harness/project/systems.ts'
import type { Recording } from '../recording.ts'
import { runSurvival } from './run-survival.ts'
import type { Outcome, Survives } from './survives.ts'

/** A recording, and what survives it: by default, its own run. */
export type Survivals = Readonly<{
  recording: Omit<Recording, 'folder'>
  survives: readonly Survives[]
  run: Outcome
  timeoutMs: number
}>

/** How much of a test's time is left for ending it, so that it says itself what took too long. */
const trialShare = 0.75

/**
 * Registers one Jest test for each fault that an interaction is declared to survive. Records nothing.
 * @throws TypeError where a fault is declared twice.
 */
export function registerSurvivals({ recording, survives, run, timeoutMs }: Survivals): void {
  const trials = survives.map((entry) => ('fault' in entry ? entry : { fault: entry, outcome: run }))
  const names = trials.map(({ fault }) => faultWords(fault))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new TypeError(`"${recording.description}" survives ${twice} twice. Declare each fault once.`)
  describe(recording.description, () => {
    for (const trial of trials) {
      const title = `survives: ${faultWords(trial.fault)}`
      test(title, () => survive(recording, { ...trial, timeoutMs: timeoutMs * trialShare }), timeoutMs)
    }
  })
}

type OneTrial = Readonly<{ fault: Fault; outcome: Outcome; timeoutMs: number }>

async function survive(recording: Survivals['recording'], trial: OneTrial): Promise<void> {
  const failure = await runSurvival({ recorded: recording, ...trial }).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  const subject = subjectOf(recording)
  const complaint = `${subject.consumer}: no fallback for ${faultName(trial.fault)} on ${subject.operation}`
  const detail = failure ? `${complaint}: ${firstLine(failure.error)}` : ''
  const { system, edge, operation } = subject
  await keepResult({
    kind: 'survival',
    system,
    edge,
    operation,
    interaction: recording.description,
    fault: faultWords(trial.fault),
    survived: !failure,
    detail,
    suite: expect.getState().testPath ?? '',
  })
  if (!failure) return
  const advice = 'Let the client survive it, or say in "survives" what it makes of it.'
  throw new Error(`${detail}. ${advice}`, { cause: failure.error })
}

/** What is tried, in the words of its system, where participants go by the names of their components. */
function subjectOf({ consumer, contract, interaction, testFile }: Survivals['recording']) {
  const [, system = ''] = testFile.split('/')
  const outside = participantName(system, '')
  const inside = (name: string): string => (name.startsWith(outside) ? name.slice(outside.length) : name)
  return {
    system,
    consumer: inside(consumer),
    edge: edgeName({ consumer: inside(consumer), provider: inside(contract.name) }),
    operation: interaction.call.name,
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [line = ''] = stripVTControlCharacters(message).trim().split('\n')
  return line.replace(/[.:]$/, '')
}
