import { randomUUID } from 'node:crypto'
import { chown, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guardDirectory } from '../warden.ts'

/** A directory that only its owner may enter; `remove` deletes it, and so does the end of the harness. */
export type TemporaryDirectory = { path: string; remove(): Promise<void> }

/** Makes a directory of our own among the temporary files, for another user if one is given. */
export async function temporaryDirectory(
  purpose: string,
  owner?: { uid: number; gid: number },
): Promise<TemporaryDirectory> {
  const path = join(tmpdir(), `concordat-${purpose}-${randomUUID().slice(0, 8)}`)
  const guard = guardDirectory(path)
  await mkdir(path, { mode: 0o700 })
  if (owner !== undefined) await chown(path, owner.uid, owner.gid)
  const remove = async (): Promise<void> => {
    await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    guard.release()
  }
  return { path, remove }
}
