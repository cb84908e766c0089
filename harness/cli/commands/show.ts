import { readEdges } from '#harness/gate/edges.ts'
import { layoutFindings } from '#harness/gate/layout.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { loadSystem, systemNames } from '#harness/project/systems.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { describeSystem } from '../show/describe-system.ts'
import { placesOf } from '../show/places.ts'
import { systemLines } from '../show/system-lines.ts'

/** `concordat show`: the systems, or one of them. */
export const show: Command = command(
  {
    system: { type: 'positional', required: false, description: 'The system to show; without it, their names.' },
    json: common.json,
  },
  async ({ system }): Promise<CommandResult> => (system === undefined ? showNames() : showSystem(system)),
)

async function showNames(): Promise<CommandResult> {
  const systems = await systemNames()
  return { exitCode: exitCodes.ok, findings: [], lines: systems, data: { systems } }
}

async function showSystem(name: string): Promise<CommandResult> {
  const system = await loadSystem(name)
  const findings = await layoutFindings({ root: projectRoot, names: await systemNames(), systems: [system] })
  const places = await placesOf(projectRoot, name, findings)
  const description = describeSystem(system, places, await readEdges([system]))
  return { exitCode: exitCodes.ok, findings, lines: systemLines(description), data: description }
}
