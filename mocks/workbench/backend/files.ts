import type { z } from 'zod'
import type { StoredFile as StoredFileShape } from '#contracts/workbench/shapes.ts'
import type { Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'

type StoredFile = z.infer<typeof StoredFileShape>

type NewFile = Readonly<{ id?: string; name: string; media_type: string; content: Uint8Array<ArrayBuffer> }>
type KeptFile = Readonly<{ file: StoredFile; content: Uint8Array<ArrayBuffer> }>

/** The files that accounts stored. */
export type Files = Readonly<{
  add: (ownerId: string, file: NewFile) => StoredFile
  find: (ownerId: string, id: string) => KeptFile | undefined
}>

export function makeFiles(now: Clock, { query, storageOperations }: Metrics): Files {
  const all = new Map<string, KeptFile & Readonly<{ ownerId: string }>>()
  return {
    add: (ownerId, { id = crypto.randomUUID(), name, media_type, content }) =>
      query('files.add', () => {
        const created_at = now()
        const path = [...created_at.slice(0, 10).split('-'), id].join('/')
        const file = { id, name, media_type, size: content.byteLength, path, created_at }
        storageOperations.increase({ operation: 'save', result: 'ok' })
        all.set(id, { ownerId, file, content })
        return file
      }),
    find(ownerId, id) {
      const found = query('files.find', () => all.get(id))
      if (found?.ownerId !== ownerId) return undefined
      storageOperations.increase({ operation: 'read', result: 'ok' })
      return found
    },
  }
}
