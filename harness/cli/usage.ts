import { stripVTControlCharacters } from 'node:util'
import { renderUsage, type CommandDef } from 'citty'
import { commands } from './commands.ts'
import type { FoundCommand } from './find-command.ts'

/** The help text of a command, or of all. Coloured only where standard output is a terminal that takes colours. */
export async function usageText(found: FoundCommand | undefined): Promise<string> {
  const text = await renderUsage(found ? await definitionOf(found) : overview())
  const isColoured = process.stdout.isTTY && process.stdout.hasColors() && !process.env['NO_COLOR']
  return isColoured ? text : stripVTControlCharacters(text)
}

function overview(): CommandDef {
  const entries = Object.entries(commands).map(([name, { description }]) => [name, { meta: { name, description } }])
  return {
    meta: { name: 'concordat', description: 'Contract tests and mock services that cannot drift apart' },
    subCommands: Object.fromEntries(entries) as Record<string, CommandDef>,
  }
}

async function definitionOf({ name, entry }: FoundCommand): Promise<CommandDef> {
  const { args } = await entry.load()
  return { meta: { name: `concordat ${name}`, description: entry.description }, args }
}
