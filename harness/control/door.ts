import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

const Door = z.object({ port: z.int().min(1).max(65_535).exactOptional(), token: z.string().regex(/^[\w-]{32,}$/) })

/**
 * Where the control API of a system was the last time, and the token that let in. A start that takes both again is found by
 * tabs that are still open.
 */
export type Door = z.infer<typeof Door>

/** A door that nobody knows yet. */
export function newDoor(): Door {
  return { token: randomBytes(24).toString('base64url') }
}

/** Reads a door that was kept. One that others than its owner could read is as if it were not there, and so is one that is none. */
export async function keptDoor(file: string): Promise<Door | undefined> {
  try {
    const { mode, uid } = await stat(file)
    if ((mode & 0o077) !== 0 || uid !== process.getuid?.()) return undefined
    return Door.safeParse(JSON.parse(await readFile(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Keeps a door for the next start, in a file that its owner alone may read. */
export async function keepDoor(file: string, door: Door): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const beside = `${file}-${process.pid}`
  try {
    await writeFile(beside, `${JSON.stringify(door)}\n`, { mode: 0o600 })
    await chmod(beside, 0o600)
    await rename(beside, file)
  } finally {
    await rm(beside, { force: true })
  }
}
