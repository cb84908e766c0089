import { z } from 'zod'
import type { StoredFile } from '../../files.ts'

const KeptFiles = z.array(z.object({ id: z.string(), name: z.string(), mediaType: z.string(), size: z.number() }))

/** The files that were stored from this browser: the backend gives a file by its id and lists none. */
export type KeptFiles = Readonly<{ read: () => readonly StoredFile[]; write: (files: readonly StoredFile[]) => void }>

/** Remembers what an account stored. What cannot be read is as if it were not there. */
export function keptFiles(userId: string, storage: Pick<Storage, 'getItem' | 'setItem'>): KeptFiles {
  const key = `workbench.files.${userId}`
  return {
    read: () => KeptFiles.safeParse(jsonOf(storage.getItem(key))).data ?? [],
    write: (files) => storage.setItem(key, JSON.stringify(files)),
  }
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '[]')
  } catch {
    return undefined
  }
}
