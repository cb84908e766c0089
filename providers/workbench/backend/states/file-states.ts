import type { BackendStates, SetUp } from './set-up.ts'

/** The states of stored files. */
export function fileStates({ account, rows, storage }: SetUp): Pick<BackendStates, 'fileStored'> {
  return {
    async fileStored({ owner, id, name, mediaType, content }) {
      const { id: ownerId } = await account(owner)
      const bytes = new TextEncoder().encode(content)
      const path = await storage.save(id, bytes)
      await rows.putFile({ id, ownerId, name, mediaType, size: bytes.byteLength, path })
      return undefined
    },
  }
}
