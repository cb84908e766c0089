import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDirectory } from '#harness/stack/stores/temporary-directory.ts'

/** An agent for live containers whose work takes for ever while it is held; it plans and audits at once. */
export type PatientAgent = AsyncDisposable &
  Readonly<{
    /** The program, for AGENT_COMMAND. */
    command: string
    hold: () => Promise<void>
    /** Lets it do the work that it has begun, and what comes. */
    letGo: () => Promise<void>
  }>

/** Makes an agent that is let go. What it makes is what the built-in one of the live container does. */
export async function patientAgent(): Promise<PatientAgent> {
  const directory = await temporaryDirectory('agent')
  const held = join(directory.path, 'held')
  const waits = `case $asked in *\\"do\\":\\ \\"work\\"*) while [ -e "${held}" ]; do sleep 0.05; done ;; esac`
  return {
    command: `sh -c 'read -r asked; ${waits}; printf %s "$asked" | python3 agent.py'`,
    hold: () => writeFile(held, ''),
    letGo: () => rm(held, { force: true }),
    [Symbol.asyncDispose]: () => directory.remove(),
  }
}
