import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { readTaskFile, taskFileEnding, taskFilePath, unfinishedEnding, writeTaskFile } from './task-file.ts'
import type { Task } from './task.ts'
import { makeTurns } from './turns.ts'

/** For how long a file may be in writing, in milliseconds. */
const unfinishedMs = 60_000

/**
 * The tasks of a node: one file each in a directory, and nothing beside it. Callbacks and the node's own work read them
 * anew each time, so that a file that appears is known at once and one that is deleted is forgotten.
 */
export type TaskFiles<T extends Task = Task> = Readonly<{
  /** @throws Error where the file holds something else than a task. */
  read: (taskId: string) => Promise<T | undefined>
  add: (task: T) => Promise<void>
  /**
   * Reads a task and writes what comes of it, alone: no other change of this process comes between. Nothing is written
   * where the same object comes back, or where `next` throws. Undefined where there is no such task.
   */
  change: (taskId: string, next: (task: T) => T) => Promise<T | undefined>
  /** Ids of all tasks, and of files that hold none. */
  ids: () => Promise<readonly string[]>
  /** Removes what ended, settled or abandoned, and was not touched since this time in milliseconds since 1970. */
  forgetEnded: (untouchedSinceMs: number) => Promise<void>
}>

/** Opens the directory, which is made where it is missing. What a crash left half written is removed. */
export async function openTaskFiles<T extends Task>(directory: string, schema: z.ZodType<T>): Promise<TaskFiles<T>> {
  await mkdir(directory, { recursive: true })
  await removeUnfinished(directory)
  const inTurn = makeTurns()
  const read = (taskId: string): Promise<T | undefined> => readTaskFile(taskFilePath(directory, taskId), schema)

  async function ids(): Promise<readonly string[]> {
    const names = await readdir(directory)
    return names.filter((name) => name.endsWith(taskFileEnding)).map((name) => name.slice(0, -taskFileEnding.length))
  }
  return {
    read,
    ids,
    add: (task) => inTurn(task.taskId, () => writeTaskFile(directory, task)),
    change: (taskId, next) =>
      inTurn(taskId, async () => {
        const task = await read(taskId)
        if (!task) return undefined
        const changed = next(task)
        if (changed !== task) await writeTaskFile(directory, changed)
        return changed
      }),
    async forgetEnded(untouchedSinceMs) {
      for (const taskId of await ids()) {
        const path = taskFilePath(directory, taskId)
        await inTurn(taskId, async () => {
          if ((await wasUntouchedSince(path, untouchedSinceMs)) && hasEnded(await read(taskId))) await remove(path)
        })
      }
    },
  }
}

function hasEnded(task: Task | undefined): boolean {
  return task?.stage.at === 'settled' || task?.stage.at === 'abandoned'
}

/** Only what is old: a process that is about to end may still be writing. */
async function removeUnfinished(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name)
    if (name.endsWith(unfinishedEnding) && (await wasUntouchedSince(path, Date.now() - unfinishedMs)))
      await remove(path)
  }
}

async function wasUntouchedSince(path: string, timeMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.mtimeMs < timeMs
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true })
}
