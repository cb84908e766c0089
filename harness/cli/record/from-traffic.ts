import { join, relative, resolve } from 'node:path'
import { edgeName } from '#harness/contract/system.ts'
import { callsOfControl, ControlUnreachable, type SeenTraffic } from '#harness/draft/calls-of-control.ts'
import { areAllCovered, type LeftOut } from '#harness/draft/choose-calls.ts'
import { draftTests, type DraftedTests } from '#harness/draft/draft-tests.ts'
import { readCalls } from '#harness/draft/read-calls.ts'
import type { WrittenDrafts } from '#harness/draft/write-drafts.ts'
import { counted } from '#harness/gate/stage-progress.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { loadSystems } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { anyone } from '#harness/scenario/anyone.ts'
import type { CommandResult } from '../command.ts'
import { CannotReach, exitCodes } from '../exit-code.ts'
import { findEdge, type SystemEdge } from './find-edge.ts'

export type FromTraffic = Readonly<{
  /** `frontend--backend` */
  edge: string
  system: string | undefined
  /** Where calls are had from: one of them. */
  control: string | undefined
  file: string | undefined
  out: string | undefined
}>

/**
 * `concordat record --from-traffic`: draft consumer tests for what was seen on an edge and no pact covers.
 * @throws UsageError for a source that is missing or cannot be read; CannotReach where no stack answers.
 */
export async function recordFromTraffic(options: FromTraffic): Promise<CommandResult> {
  const wanted = findEdge(await loadSystems(options.system), options.edge)
  const { edge, system } = wanted
  const seen = await trafficFrom(options, wanted)
  const ofEdge = seen.calls.filter(
    ({ consumer, provider }) => provider === edge.provider && (consumer === edge.consumer || consumer === anyone),
  )
  if (ofEdge.length === 0) return nothingSeen(options, wanted)
  const folder =
    options.out === undefined ? join(paths.consumer(system.name, edge.consumer), 'drafts') : resolve(options.out)
  const drafted = await draftTests(wanted, ofEdge, folder)
  const { chosen, written } = drafted
  const isDone = chosen.uncovered.length > 0 || areAllCovered(chosen)
  return {
    exitCode: isDone ? exitCodes.ok : exitCodes.nothingVerified,
    findings: [],
    lines: [...linesOf(drafted, wanted, ofEdge.length), ...droppedLine(seen)],
    data: {
      edge: edgeName(edge),
      calls: ofEdge.length,
      drafts: written.map(({ operation, file, drafts, known }) => ({
        operation,
        file: file && relative(projectRoot, file),
        interactions: drafts.map(({ description }) => description),
        known: known.map((one) => relative(projectRoot, one)),
      })),
      leftOut: Object.fromEntries(chosen.leftOut),
    },
  }
}

async function trafficFrom({ control, file }: FromTraffic, { system, edge }: SystemEdge): Promise<SeenTraffic> {
  if ((control === undefined) === (file === undefined))
    throw new UsageError(
      'concordat record: --from-traffic needs the calls: --control with the address that "concordat up" prints, or --file with exchanges as JSON lines.',
    )
  if (file !== undefined) return { system: system.name, calls: await readCalls(resolve(file)), dropped: 0 }
  const seen = await callsOfControl(control ?? '', edge.provider).catch((error: unknown) => {
    throw error instanceof ControlUnreachable ? new CannotReach(error.message) : error
  })
  if (seen.system !== system.name)
    throw new UsageError(
      `the stack there is ${seen.system}, and ${edgeName(edge)} is of ${system.name}. Start that one.`,
    )
  return seen
}

function nothingSeen({ control }: FromTraffic, { edge }: SystemEdge): CommandResult {
  const where = control === undefined ? 'The file has' : 'The stack has seen'
  const line = `${where} no call on ${edgeName(edge)}, so there is nothing to draft. Let the consumer call, and ask again.`
  return { exitCode: exitCodes.nothingVerified, findings: [], lines: [line], data: { calls: 0, drafts: [] } }
}

function linesOf({ chosen, written }: DraftedTests, { edge }: SystemEdge, calls: number): readonly string[] {
  if (areAllCovered(chosen)) return [`${edgeName(edge)}: ${counted(calls, 'call')}, all of them in a pact.`]
  return [
    `${edgeName(edge)}: ${counted(calls, 'call')}, ${counted(chosen.uncovered.length, 'interaction')} in no pact.`,
    ...written.flatMap(writtenLines),
    ...leftOutLines(chosen.leftOut),
  ]
}

function writtenLines({ file, drafts, known }: WrittenDrafts): readonly string[] {
  const unsure = drafts.filter(({ draft }) => draft.given.choice.length > 0 || draft.mistakes.length > 0)
  return [
    ...(file === undefined ? [] : [`  ${relative(projectRoot, file)}: ${counted(drafts.length, 'interaction')}`]),
    ...unsure.map(({ description, draft }) => {
      const what =
        draft.given.choice.length > 0
          ? `a state has to be chosen (${draft.given.choice.join(', ')})`
          : 'it contradicts the contract'
      return `    "${description}" fails until it is finished: ${what}.`
    }),
    ...known.map((one) => `  ${relative(projectRoot, one)} has them already`),
  ]
}

function leftOutLines(leftOut: LeftOut): readonly string[] {
  return [...leftOut].map(([reason, count]) => `  left out: ${counted(count, 'call')}: ${reason}`)
}

function droppedLine({ dropped }: SeenTraffic): readonly string[] {
  return dropped > 0 ? [`  ${counted(dropped, 'older call')} of all edges were not kept by the stack`] : []
}
