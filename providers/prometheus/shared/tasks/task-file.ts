import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Task } from './task.ts'

/** How the names of task files end. */
export const taskFileEnding = '.json'

/** How the names of files end that are not written to their end. */
export const unfinishedEnding = '.unfinished'

export function taskFilePath(directory: string, taskId: string): string {
  return join(directory, `${taskId}${taskFileEnding}`)
}

/** Writes a task's file, whole or not at all: readers never see half of it, and it outlives a crash of the machine. */
export async function writeTaskFile(directory: string, task: Task): Promise<void> {
  const unfinished = join(directory, `${randomUUID()}${unfinishedEnding}`)
  try {
    await writeFile(unfinished, `${JSON.stringify(task, undefined, 2)}\n`, { flush: true })
    await rename(unfinished, taskFilePath(directory, task.taskId))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/**
 * Reads a task's file; undefined where there is none.
 * @throws Error where the file holds something else than a task.
 */
export async function readTaskFile<T extends Task>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await textOf(path)
  if (text === undefined) return undefined
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${path} holds no task. Remove it.`, { cause: error })
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
