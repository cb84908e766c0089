import { join } from 'node:path'
import type { Component } from '#harness/contract/system.ts'

/** A program with its arguments, to be started in this folder. */
export type LiveCommand = Readonly<{ command: string; args: readonly string[]; cwd: string }>

/** What a live service is where its system says nothing else. */
const defaultMain = 'main.ts'

/** How a component's live service is started: as its system says, else `main.ts` with the Node that runs this. */
export function liveCommand({ command }: Component, folder: string): LiveCommand {
  if (!command)
    return {
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', join(folder, defaultMain)],
      cwd: folder,
    }
  const [program, ...args] = command
  return { command: program, args, cwd: folder }
}

/**
 * The files that a component's command names, relative to its folder: the program where it is one of the folder, and
 * arguments with a file's ending that are no option's value.
 */
export function commandFiles({ command = ['node', defaultMain] }: Component): readonly string[] {
  const [program, ...args] = command
  const own = program.startsWith('./') ? [program.slice(2)] : []
  return [...own, ...args.filter((arg, index) => isFile(arg) && !args[index - 1]?.startsWith('-'))]
}

/** Options, addresses and absolute paths are none of the folder's files. */
function isFile(arg: string): boolean {
  return /^[^-/:][^:]*\.[a-z]\w*$/i.test(arg)
}
